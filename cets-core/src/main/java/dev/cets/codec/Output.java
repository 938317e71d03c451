package dev.cets.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cets.spi.Transport;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a value while it is written: a buffer that grows, and is used again for the next
 * value.
 */
final class Output {
  /** What does not fit into a frame could never reach another node. */
  static final int MAX_BYTES = Transport.MAX_FRAME_BYTES;

  /**
   * Deep enough for trees of records, and shallow enough for the stack of any thread. Writing has
   * the limit too: nothing is sent that a peer must refuse, and a list within itself ends.
   */
  static final int MAX_DEPTH = 100;

  private static final int FIRST_BYTES = 256;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;
  private int depth;

  /** Forgets what was written. */
  void clear() {
    size = 0;
    depth = 0;
  }

  int size() {
    return size;
  }

  int capacity() {
    return bytes.length;
  }

  /** What was written. */
  byte[] toBytes() {
    if (size > MAX_BYTES) {
      throw tooLarge();
    }
    return Arrays.copyOf(bytes, size);
  }

  /** Is that exactly what was written? */
  boolean contains(byte[] others, int from, int to) {
    return Arrays.equals(bytes, 0, size, others, from, to);
  }

  /** Orders two ranges of what was written, byte by byte, unsigned. */
  int compare(int from, int to, int otherFrom, int otherTo) {
    return Arrays.compareUnsigned(bytes, from, to, bytes, otherFrom, otherTo);
  }

  /** A copy of what was written from there on. */
  byte[] copyFrom(int from) {
    return Arrays.copyOfRange(bytes, from, size);
  }

  /** Puts other bytes in the place of some. */
  void overwrite(int at, byte[] source, int from, int length) {
    System.arraycopy(source, from, bytes, at, length);
  }

  /** One level of nesting down; see {@link #MAX_DEPTH}. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new Fault("nested deeper than " + MAX_DEPTH + " levels");
    }
  }

  void leave() {
    depth--;
  }

  /**
   * Writes a slot: a value or null, with its length in front, see {@link RecordFormat}.
   *
   * @return the length of the value in bytes
   */
  int writeSlot(Format format, @Nullable Object value) {
    int start = size;
    writeByte(0);
    if (value == null) {
      return 0;
    }
    format.write(this, value);
    int length = size - start - 1;
    writeLength(start, length + 1);
    return length;
  }

  /** Nearly all values are short, so one byte is kept for the length, and more is made rarely. */
  private void writeLength(int start, int number) {
    if (number >>> 7 == 0) {
      bytes[start] = (byte) number;
      return;
    }
    int more = (31 - Integer.numberOfLeadingZeros(number)) / 7;
    need(more);
    System.arraycopy(bytes, start + 1, bytes, start + 1 + more, size - start - 1);
    size += more;
    int rest = number;
    for (int at = start; at < start + more; at++) {
      bytes[at] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[start + more] = (byte) rest;
  }

  void writeByte(int value) {
    need(1);
    bytes[size++] = (byte) value;
  }

  void writeInt(int value) {
    need(Integer.BYTES);
    INT.set(bytes, size, value);
    size += Integer.BYTES;
  }

  void writeLong(long value) {
    need(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
  }

  /** An integer of any width: two's complement in as few bytes as can be, the highest first. */
  void writeInteger(long value) {
    int length = Input.integerLength(value);
    need(Long.BYTES);
    LONG.set(bytes, size, value << (Long.SIZE - Byte.SIZE * length));
    size += length;
  }

  void writeBytes(byte[] value) {
    need(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** UTF-8, which can hold all but halves of characters. */
  void writeString(String value) {
    int length = value.length();
    need(length);
    byte[] target = bytes;
    int at = size;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        refuseHalves(value);
        writeBytes(value.getBytes(UTF_8));
        return;
      }
      target[at++] = (byte) c;
    }
    size = at;
  }

  private static void refuseHalves(String value) {
    int point;
    for (int i = 0; i < value.length(); i += Character.charCount(point)) {
      point = value.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        throw new Fault(
            String.format(
                "the string has an unpaired surrogate, U+%04X, at index %d; UTF-8 cannot hold it",
                point, i));
      }
    }
  }

  private void need(int more) {
    if (bytes.length - size < more) {
      grow(more);
    }
  }

  private void grow(int more) {
    long wanted = (long) size + more;
    // A short integer is written as a whole long, so there may be a few bytes more than the value.
    if (wanted > MAX_BYTES + Long.BYTES) {
      throw tooLarge();
    }
    long doubled = Math.min(2L * bytes.length, MAX_BYTES + Long.BYTES);
    bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, doubled));
  }

  private static Fault tooLarge() {
    return new Fault("the value has more than " + MAX_BYTES + " bytes");
  }
}
