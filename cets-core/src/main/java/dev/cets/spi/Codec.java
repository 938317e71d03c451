package dev.cets.spi;

import java.nio.ByteBuffer;

/**
 * Turns values of one declared type into bytes and back. MUST be safe for use by several threads.
 * Bytes come from other nodes: decoding MUST end in bounded time and memory with a value or a
 * {@link DecodeException}, whatever the bytes are, and MUST NOT create objects of types that the
 * declared type does not name.
 */
public interface Codec<T> {
  /**
   * The bytes of a value.
   *
   * @throws IllegalArgumentException if the value cannot be encoded; the message says why
   */
  byte[] encode(T value);

  /**
   * The value of the bytes between position and limit, all of which MUST be consumed. The array
   * behind the buffer MUST NOT be kept.
   *
   * @throws DecodeException if they are not the bytes of a value. Whatever else it throws is told
   *     as a failure of this codec, and the frame is refused in the same way
   */
  T decode(ByteBuffer bytes);

  /**
   * Name and major version, such as {@code json-1}: nodes whose codecs of a table differ here do
   * not replicate it with each other. Fields added to a type do not change it.
   */
  String fingerprint();

  /**
   * Do equal values always have the same bytes, on every node, and unequal values different ones?
   * Needed for keys: a codec that answers false is refused for them.
   */
  boolean canonical();
}
