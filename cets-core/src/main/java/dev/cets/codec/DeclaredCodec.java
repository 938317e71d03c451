package dev.cets.codec;

import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The codec of one declared type: its format, and the manners that the SPI asks for.
 *
 * <p>A key's bytes are its identity in a table, as are those of a bag's record, so these are read
 * only from exactly the bytes that they would be written as: components that are unknown or missing
 * here, which a record forgives elsewhere, would let two keys become one.
 */
final class DeclaredCodec<T> implements Codec<T> {
  /** The layout; the major version is what nodes compare. */
  private static final String NAME = "cets-1";

  /** A buffer that grew further for a rare large value is not kept. */
  private static final int MAX_KEPT_BYTES = 64 * 1024;

  private final Class<?> type;
  private final Format format;
  private final boolean exact;

  /** One buffer, for whoever comes next. Who finds none, since another has it, makes one. */
  private final AtomicReference<@Nullable Output> spare = new AtomicReference<>();

  private DeclaredCodec(Class<T> type, Use use, boolean exact) {
    this.type = Scalars.boxed(type);
    this.format = new FormatFactory().of(type, type.getSimpleName(), use);
    this.exact = exact;
  }

  /** One that forgives components that are unknown or missing. */
  static <T> DeclaredCodec<T> of(Class<T> type, Use use) {
    return new DeclaredCodec<>(type, use, false);
  }

  /** One that does not. */
  static <T> DeclaredCodec<T> exact(Class<T> type, Use use) {
    return new DeclaredCodec<>(type, use, true);
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
      if (exact && !format.hasOneForm()) {
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
      throw new Fault(
          "another form; a key's components must be the same on all nodes, as those of a bag's records");
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
    return NAME + ":" + format.kind() + (exact ? Components.of(type) : "");
  }

  @Override
  public boolean canonical() {
    return true;
  }
}
