package dev.cets.codec;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The built-in types without parts. All integers share one layout, so that a component may be
 * widened, say from int to long; numbers out of the narrower range are then refused there.
 */
final class Scalars {
  private static final int NANOS_PER_SECOND = 1_000_000_000;
  private static final Map<Class<?>, Scalar<?>> BY_TYPE = new HashMap<>();

  static {
    add("string", String.class, Output::writeString, Input::readString);
    add("boolean", Boolean.class, (out, v) -> out.writeByte(v ? 1 : 0), Scalars::readBoolean);
    add(
        "char",
        Character.class,
        (out, v) -> out.writeInteger(v),
        (in, end) -> (char) in.readInteger(end, Character.MIN_VALUE, Character.MAX_VALUE));
    add(
        "byte",
        Byte.class,
        (out, v) -> out.writeInteger(v),
        (in, end) -> (byte) in.readInteger(end, Byte.MIN_VALUE, Byte.MAX_VALUE));
    add(
        "short",
        Short.class,
        (out, v) -> out.writeInteger(v),
        (in, end) -> (short) in.readInteger(end, Short.MIN_VALUE, Short.MAX_VALUE));
    add(
        "int",
        Integer.class,
        (out, v) -> out.writeInteger(v),
        (in, end) -> (int) in.readInteger(end, Integer.MIN_VALUE, Integer.MAX_VALUE));
    add("long", Long.class, Output::writeInteger, Input::readInteger);
    // All not-a-numbers are equal, and have one form; the two zeros are not, and have two.
    add(
        "float",
        Float.class,
        (out, v) -> out.writeInt(Float.floatToIntBits(v)),
        (in, end) -> Float.intBitsToFloat(in.readInt(end)));
    add(
        "double",
        Double.class,
        (out, v) -> out.writeLong(Double.doubleToLongBits(v)),
        (in, end) -> Double.longBitsToDouble(in.readLong(end)));
    add("bytes", byte[].class, Output::writeBytes, Input::readBytes);
    add("uuid", UUID.class, Scalars::writeUuid, Scalars::readUuid);
    add("biginteger", BigInteger.class, Scalars::writeBig, Scalars::readBig);
    add("bigdecimal", BigDecimal.class, Scalars::writeDecimal, Scalars::readDecimal);
    add(
        "instant",
        Instant.class,
        (out, v) -> writeTime(out, v.getEpochSecond(), v.getNano()),
        Scalars::readInstant);
    add(
        "duration",
        Duration.class,
        (out, v) -> writeTime(out, v.getSeconds(), v.getNano()),
        Scalars::readDuration);
    add(
        "date",
        LocalDate.class,
        (out, v) -> out.writeInteger(v.toEpochDay()),
        (in, end) ->
            LocalDate.ofEpochDay(
                in.readInteger(end, LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay())));
  }

  private Scalars() {}

  /** The format of a type, if it is one of them; a primitive type has that of its box. */
  static @Nullable Scalar<?> of(Class<?> type) {
    return BY_TYPE.get(boxed(type));
  }

  /** A primitive type's box, any other type itself. */
  static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  private static <T> void add(
      String kind, Class<T> type, Scalar.Writer<T> writer, Scalar.Reader<T> reader) {
    BY_TYPE.put(type, new Scalar<>(kind, type, writer, reader));
  }

  private static boolean readBoolean(Input in, int end) {
    return in.readInteger(end, 0, 1) == 1;
  }

  private static void writeUuid(Output out, UUID value) {
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
  }

  private static UUID readUuid(Input in, int end) {
    return new UUID(in.readLong(end), in.readLong(end));
  }

  private static void writeBig(Output out, BigInteger value) {
    out.writeBytes(value.toByteArray());
  }

  private static BigInteger readBig(Input in, int end) {
    int length = end - in.position();
    byte[] bytes = in.readBytes(end);
    if (length == 0) {
      throw new Fault("an integer of 0 bytes");
    }
    BigInteger value = new BigInteger(bytes);
    if (value.bitLength() / Byte.SIZE + 1 != length) {
      throw new Fault("the integer has more bytes than it needs");
    }
    return value;
  }

  private static void writeDecimal(Output out, BigDecimal value) {
    out.writeInt(value.scale());
    writeBig(out, value.unscaledValue());
  }

  private static BigDecimal readDecimal(Input in, int end) {
    int scale = in.readInt(end);
    return new BigDecimal(readBig(in, end), scale);
  }

  private static void writeTime(Output out, long seconds, int nanos) {
    out.writeInt(nanos);
    out.writeInteger(seconds);
  }

  private static Instant readInstant(Input in, int end) {
    int nanos = readNanos(in, end);
    long seconds = in.readInteger(end, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
    return Instant.ofEpochSecond(seconds, nanos);
  }

  private static Duration readDuration(Input in, int end) {
    int nanos = readNanos(in, end);
    return Duration.ofSeconds(in.readInteger(end), nanos);
  }

  private static int readNanos(Input in, int end) {
    int nanos = in.readInt(end);
    if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
      throw new Fault(nanos + " nanoseconds of a second");
    }
    return nanos;
  }
}
