package dev.cets.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a value while it is read. They come from anywhere, so nothing is read or allocated
 * before it is known to be there, and what a byte can buy is bounded.
 */
final class Input {
  /** In the place of an end: the slot holds null. */
  static final int NULL = -1;

  /**
   * A component that is missing costs no bytes but some memory: a record of two hundred could be
   * had for one byte. So there are at most this many for each byte, and some for free.
   */
  private static final int ABSENT_PER_BYTE = 8;

  private static final int ABSENT_FREE = 1_000;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int position;
  private int depth;
  private long absentLeft;

  private Input(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.position = start;
    this.absentLeft = ABSENT_FREE + (long) ABSENT_PER_BYTE * (end - start);
  }

  /** The bytes between position and limit. */
  static Input of(ByteBuffer buffer) {
    if (buffer.remaining() > Output.MAX_BYTES) {
      throw new Fault(buffer.remaining() + " bytes; at most " + Output.MAX_BYTES + " are allowed");
    }
    if (buffer.hasArray()) {
      int from = buffer.arrayOffset() + buffer.position();
      return new Input(buffer.array(), from, from + buffer.remaining());
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return new Input(copy, 0, copy.length);
  }

  int position() {
    return position;
  }

  /** The whole value. */
  Object readAll(Format format) {
    return readTo(format, end);
  }

  /** Is it what was written there? */
  boolean equalsAll(Output out) {
    return out.contains(bytes, start, end);
  }

  /** One level of nesting down; see {@link Output#MAX_DEPTH}. */
  void enter() {
    if (++depth > Output.MAX_DEPTH) {
      throw new Fault("nested deeper than " + Output.MAX_DEPTH + " levels");
    }
  }

  void leave() {
    depth--;
  }

  /** Accounts for a component that gets its default. */
  void chargeAbsent() {
    if (--absentLeft < 0) {
      throw new Fault("too many components are missing for so few bytes");
    }
  }

  /** A value or null, with its length in front. */
  @Nullable Object readSlot(Format format, int end) {
    int slotEnd = slotEnd(end);
    if (slotEnd == NULL) {
      return null;
    }
    return readTo(format, slotEnd);
  }

  /** A value of all bytes up to the end. */
  Object readTo(Format format, int end) {
    Object value = format.read(this, end);
    requireAt(end);
    return value;
  }

  /** Passes over a slot, whatever it holds. */
  void skipSlot(int end) {
    int slotEnd = slotEnd(end);
    if (slotEnd != NULL) {
      position = slotEnd;
    }
  }

  /** How many slots there are from here to the end; the position stays. */
  int countSlots(int end) {
    int from = position;
    int count = 0;
    while (position < end) {
      skipSlot(end);
      count++;
    }
    position = from;
    return count;
  }

  /** Reads a slot's length: where the slot ends, not behind the given end, or {@link #NULL}. */
  int slotEnd(int end) {
    int number = readNumber(end);
    if (number == 0) {
      return NULL;
    }
    int length = number - 1;
    if (length > end - position) {
      throw new Fault(length + " bytes are announced, and " + (end - position) + " are left");
    }
    return position + length;
  }

  private int readNumber(int end) {
    int number = 0;
    for (int shift = 0; shift < Integer.SIZE - 1; shift += 7) {
      require(1, end);
      byte read = bytes[position++];
      number |= (read & 0x7f) << shift;
      if (read >= 0) {
        if (number < 0 || (read == 0 && shift > 0)) {
          break;
        }
        return number;
      }
    }
    throw new Fault("a length is malformed");
  }

  int readInt(int end) {
    require(Integer.BYTES, end);
    int value = (int) INT.get(bytes, position);
    position += Integer.BYTES;
    return value;
  }

  long readLong(int end) {
    require(Long.BYTES, end);
    long value = (long) LONG.get(bytes, position);
    position += Long.BYTES;
    return value;
  }

  /** All bytes up to the end, see {@link Output#writeInteger}. */
  long readInteger(int end) {
    int length = end - position;
    if (length < 1 || length > Long.BYTES) {
      throw new Fault("an integer of " + length + " bytes; 1 to 8 are allowed");
    }
    long value = bytes[position++];
    while (position < end) {
      value = value << Byte.SIZE | (bytes[position++] & 0xff);
    }
    if (integerLength(value) != length) {
      throw new Fault("the integer " + value + " has more bytes than it needs");
    }
    return value;
  }

  /** The bytes that an integer needs: 1 to 8. */
  static int integerLength(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value ^ (value >> (Long.SIZE - 1)));
    return bits / Byte.SIZE + 1;
  }

  /** An integer within bounds. */
  long readInteger(int end, long min, long max) {
    long value = readInteger(end);
    if (value < min || value > max) {
      throw new Fault(value + " is out of range; " + min + " to " + max + " are allowed");
    }
    return value;
  }

  /** All bytes up to the end. */
  byte[] readBytes(int end) {
    byte[] copy = Arrays.copyOfRange(bytes, position, end);
    position = end;
    return copy;
  }

  /** All bytes up to the end, as text. */
  String readString(int end) {
    int from = position;
    String text = new String(bytes, from, end - from, UTF_8);
    position = end;
    // Malformed bytes are read as this character; so is the character itself.
    if (text.indexOf('\uFFFD') >= 0) {
      byte[] again = text.getBytes(UTF_8);
      if (!Arrays.equals(again, 0, again.length, bytes, from, end)) {
        throw new Fault("the string is not valid UTF-8");
      }
    }
    return text;
  }

  /** Orders the bytes from the position to the end against others, unsigned. */
  int compareRest(int end, byte[] others) {
    return Arrays.compareUnsigned(bytes, position, end, others, 0, others.length);
  }

  /** Orders two ranges, byte by byte, unsigned. */
  int compare(int from, int to, int otherFrom, int otherTo) {
    return Arrays.compareUnsigned(bytes, from, to, bytes, otherFrom, otherTo);
  }

  /** Passes over everything up to the end. */
  void skipTo(int end) {
    position = end;
  }

  private void requireAt(int expected) {
    if (position != expected) {
      throw new Fault((expected - position) + " bytes are left over");
    }
  }

  private void require(int count, int end) {
    if (end - position < count) {
      throw new Fault(count + " bytes are needed, and " + (end - position) + " are left");
    }
  }
}
