package dev.cets.codec;

import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The codec of one declared type: its format, and the manners that the SPI asks for.
 *
 * <p>A key's bytes are its identity in a table, so a key is read only from exactly the bytes that
 * it would be written as: components that are unknown or missing here, which a record forgives,
 * would let two keys become one.
 */
final class DeclaredCodec<T> implements Codec<T> {
  /** The layout; the major version is what nodes compare. */
  private static final String NAME = "cets-1";

  /** A buffer that grew further for a rare large value is not kept. */
  private static final int MAX_KEPT_BYTES = 64 * 1024;

  private final Class<?> type;
  private final Format format;
  private final boolean key;

  /** One buffer, for whoever comes next. Who finds none, since another has it, makes one. */
  private final AtomicReference<@Nullable Output> spare = new AtomicReference<>();

  DeclaredCodec(Class<T> type, Use use) {
    this.type = Scalars.boxed(type);
    this.format = new FormatFactory().of(type, type.getSimpleName(), use);
    this.key = use == Use.KEY;
  }

  @Override
  public byte[] encode(T value) {
    Output out = takeOutput();
    byte[] bytes;
    try {
      write(out, value);
      bytes = out.toBytes();
    } catch (RuntimeException e) {
      Fault fault = Fault.within(type.getSimpleName(), e);
      throw new IllegalArgumentException(fault.text(), fault.getCause());
    }
    keepOutput(out);
    return bytes;
  }

  private void write(Output out, @Nullable T value) {
    if (value == null) {
      throw new Fault("null");
    }
    format.write(out, value);
  }

  @Override
  public T decode(ByteBuffer bytes) {
    T value;
    try {
      Input in = Input.of(bytes);
      value = cast(in.readAll(format));
      if (key) {
        requireOwnBytes(in, value);
      }
    } catch (RuntimeException e) {
      Fault fault = Fault.within(type.getSimpleName(), e);
      Throwable cause = fault.getCause();
      throw cause == null
          ? new DecodeException(fault.text())
          : new DecodeException(fault.text(), cause);
    }
    bytes.position(bytes.limit());
    return value;
  }

  @SuppressWarnings("unchecked") // the format of a type reads nothing else
  private T cast(Object value) {
    return (T) type.cast(value);
  }

  private void requireOwnBytes(Input in, T value) {
    Output out = takeOutput();
    write(out, value);
    if (!in.equalsAll(out)) {
      throw new Fault("a key of another form; a key's components must be the same on all nodes");
    }
    keepOutput(out);
  }

  private Output takeOutput() {
    Output out = spare.getAndSet(null);
    if (out == null) {
      return new Output();
    }
    out.clear();
    return out;
  }

  private void keepOutput(Output out) {
    if (out.capacity() <= MAX_KEPT_BYTES) {
      spare.setRelease(out);
    }
  }

  @Override
  public String fingerprint() {
    return NAME + ":" + format.kind() + (key ? components(type) : "");
  }

  /** The components of a key can never change, so nodes compare them before they link. */
  private static String components(Class<?> type) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .map(component -> component.getName() + components(component.getType()))
            .collect(Collectors.joining(",", "(", ")"))
        : "";
  }

  @Override
  public boolean canonical() {
    return true;
  }
}
