package dev.cets.table;

import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A codec as the application gave it: whatever it throws at bytes that it cannot read, it is a
 * {@link DecodeException} that says whose failure it is. So the frame is refused, as any other that
 * cannot be read.
 */
public final class ApplicationCodec<T> implements Codec<T> {
  private static final int MOST_CHARS = 200;

  private final Codec<T> codec;
  private final String what;

  private ApplicationCodec(Codec<T> codec, String what) {
    this.codec = codec;
    this.what = what;
  }

  /** That of the keys of a table. */
  public static <K> Codec<K> ofKeys(String table, Codec<K> codec) {
    return new ApplicationCodec<>(codec, "key codec of table " + table);
  }

  /** That of the records of a table. */
  public static <R> Codec<R> ofRecords(String table, Codec<R> codec) {
    return new ApplicationCodec<>(codec, "record codec of table " + table);
  }

  @Override
  public byte[] encode(T value) {
    return codec.encode(value);
  }

  @Override
  public T decode(ByteBuffer bytes) {
    @Nullable T value;
    try {
      value = codec.decode(bytes);
    } catch (DecodeException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      throw new DecodeException("the " + what + " threw " + oneLine(e), e);
    }
    if (value == null) {
      throw new DecodeException("the " + what + " gave null");
    }
    return value;
  }

  /** The message may be of any length, and of the bytes of a peer. */
  private static String oneLine(Throwable thrown) {
    String text = thrown.toString().replaceAll("\\s+", " ").strip();
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "...";
  }

  @Override
  public String fingerprint() {
    return codec.fingerprint();
  }

  @Override
  public boolean canonical() {
    return codec.canonical();
  }
}
