package dev.cets.bench.codec;

/** A codec of one type, as each library has it at its fastest: for one thread at a time. */
public interface RecordCodec<T> {
  /** The bytes of a value. */
  byte[] encode(T value);

  /** The value of these bytes, or whatever the library throws. */
  T decode(byte[] bytes);
}
