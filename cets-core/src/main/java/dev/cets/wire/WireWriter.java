package dev.cets.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts values behind each other into a growing array. Integers are big-endian. */
public final class WireWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int LONG_BYTES = 8;
  private static final int MAX_VARINT_BYTES = 10;
  private static final int MORE = 0x80;
  private static final int SEVEN_BITS = 0x7f;

  private byte[] bytes;
  private int size;

  /** With room for so many bytes at first. */
  public WireWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** One byte: the lowest eight bits. */
  public void putByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** Eight bytes. */
  public void putLong(long value) {
    room(LONG_BYTES);
    LONG.set(bytes, size, value);
    size += LONG_BYTES;
  }

  /** A number of 0 or more, the fewer bytes the smaller it is. */
  public void putCount(long value) {
    room(MAX_VARINT_BYTES);
    long rest = value;
    while (rest > SEVEN_BITS) {
      bytes[size++] = (byte) ((rest & SEVEN_BITS) | MORE);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A length, and so many bytes. */
  public void putBytes(byte[] value) {
    putCount(value.length);
    putRaw(value, 0, value.length);
  }

  /** A length, and the text in UTF-8. */
  public void putText(String value) {
    putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** What another writer holds, without a length. */
  public void putAll(WireWriter other) {
    putRaw(other.bytes, 0, other.size);
  }

  /** Bytes without a length. */
  public void putRaw(byte[] value, int from, int length) {
    room(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
  }

  /** Writes over four bytes that were written before. */
  void setInt(int position, int value) {
    ByteBuffer.wrap(bytes).putInt(position, value);
  }

  /** A copy of what was written. */
  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** What was written, without a copy: the writer is not to be used any more. */
  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  byte[] array() {
    return bytes;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
