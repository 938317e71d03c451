package dev.cets.jgroups;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What one JGroups message between two engines says.
 *
 * <p>Layout, big-endian: magic (1 byte), version (1), kind (1), then what the kind has. Whatever
 * follows is ignored, so that later releases can say more under the same version. Magic, version
 * and kind stay where they are in every version; kinds are never used again for something else.
 *
 * <p>Packets of a pair begin with two session numbers: the sender's own, and the receiver's as the
 * sender knows it. A packet with another pair of numbers belongs to a connection that is no more.
 */
sealed interface Packet {
  byte MAGIC = (byte) 0xCE;
  byte VERSION = 1;
  int MAX_REASON_BYTES = 400;

  /** Is anybody there? Sent to a place, as its inhabitant is not known. */
  record Knock(long token, Identity who) implements Packet {}

  /** Yes, me. */
  record Here(long token, Identity who) implements Packet {}

  /** Let us be connected; {@code yours} is 0 if it is not known. */
  record Hello(long mine, long yours, Identity who) implements Packet {}

  /**
   * A piece of the stream of frames.
   *
   * @param number of the piece, from 1
   * @param taken how far the sender of this has taken in the other direction
   */
  record Data(long mine, long yours, long number, Taken taken, ByteBuffer bytes)
      implements Packet {}

  /**
   * How it stands.
   *
   * @param sent the number of the last piece that was sent
   * @param question not 0: answer this, with the number as {@code answer}
   * @param answer the last question that was asked of the sender
   */
  record Status(long mine, long yours, long sent, Taken taken, int question, int answer)
      implements Packet {}

  /** This connection is over. */
  record Goodbye(long mine, long yours, String reason) implements Packet {
    /** What the other side says to it. */
    Farewell answer() {
      return new Farewell(/* mine= */ yours, /* yours= */ mine);
    }
  }

  /** The answer to a goodbye: nothing more comes of that connection. */
  record Farewell(long mine, long yours) implements Packet {}

  /**
   * What a receiver has handed on, from the beginning of the connection.
   *
   * @param pieces how many of them
   * @param bytes in them
   */
  record Taken(long pieces, long bytes) {
    static final Taken NOTHING = new Taken(0, 0);
    static final int BYTES = 16;
  }

  /** What comes before the bytes of a {@link Data}. */
  int DATA_HEADER_BYTES = 3 + 16 + 8 + Taken.BYTES;

  /** Writes what comes before the bytes of a {@link Data}. */
  static ByteBuffer putDataHeader(ByteBuffer to, long mine, long yours, long number, Taken taken) {
    return to.put(MAGIC)
        .put(VERSION)
        .put(Kind.DATA.code)
        .putLong(mine)
        .putLong(yours)
        .putLong(number)
        .putLong(taken.pieces)
        .putLong(taken.bytes);
  }

  private static ByteBuffer begin(Kind kind, int bytes) {
    return ByteBuffer.allocate(3 + bytes).put(MAGIC).put(VERSION).put(kind.code);
  }

  default byte[] encode() {
    return switch (this) {
      case Knock knock -> identified(Kind.KNOCK, knock.token, knock.who);
      case Here here -> identified(Kind.HERE, here.token, here.who);
      case Hello hello -> {
        byte[] who = hello.who.encode();
        yield begin(Kind.HELLO, 16 + who.length)
            .putLong(hello.mine)
            .putLong(hello.yours)
            .put(who)
            .array();
      }
      case Data data ->
          putDataHeader(
                  ByteBuffer.allocate(DATA_HEADER_BYTES + data.bytes.remaining()),
                  data.mine,
                  data.yours,
                  data.number,
                  data.taken)
              .put(data.bytes.duplicate())
              .array();
      case Status status ->
          begin(Kind.STATUS, 16 + 8 + Taken.BYTES + 8)
              .putLong(status.mine)
              .putLong(status.yours)
              .putLong(status.sent)
              .putLong(status.taken.pieces)
              .putLong(status.taken.bytes)
              .putInt(status.question)
              .putInt(status.answer)
              .array();
      case Goodbye goodbye -> {
        byte[] reason = goodbye.reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(reason.length, MAX_REASON_BYTES);
        yield begin(Kind.GOODBYE, 16 + 2 + length)
            .putLong(goodbye.mine)
            .putLong(goodbye.yours)
            .putShort((short) length)
            .put(reason, 0, length)
            .array();
      }
      case Farewell farewell ->
          begin(Kind.FAREWELL, 16).putLong(farewell.mine).putLong(farewell.yours).array();
    };
  }

  private static byte[] identified(Kind kind, long token, Identity who) {
    byte[] bytes = who.encode();
    return begin(kind, 8 + bytes.length).putLong(token).put(bytes).array();
  }

  static Packet decode(ByteBuffer from) throws BadPacketException {
    try {
      if (from.get() != MAGIC) {
        throw new BadPacketException("is not of CETS");
      }
      byte version = from.get();
      if (version != VERSION) {
        throw new BadPacketException("is of version " + version + "; this node reads " + VERSION);
      }
      return decode(Kind.of(from.get()), from);
    } catch (BufferUnderflowException e) {
      throw new BadPacketException("is too short", e);
    }
  }

  private static Packet decode(Kind kind, ByteBuffer from) throws BadPacketException {
    long mine = from.getLong();
    if (kind == Kind.KNOCK) {
      return new Knock(mine, Identity.decode(from));
    }
    if (kind == Kind.HERE) {
      return new Here(mine, Identity.decode(from));
    }
    long yours = from.getLong();
    return switch (kind) {
      case HELLO -> new Hello(mine, yours, Identity.decode(from));
      case DATA -> new Data(mine, yours, from.getLong(), taken(from), from.slice());
      case STATUS ->
          new Status(mine, yours, from.getLong(), taken(from), from.getInt(), from.getInt());
      case GOODBYE -> new Goodbye(mine, yours, reason(from));
      case FAREWELL -> new Farewell(mine, yours);
      case KNOCK, HERE -> throw new IllegalStateException("read above");
    };
  }

  private static Taken taken(ByteBuffer from) {
    return new Taken(from.getLong(), from.getLong());
  }

  private static String reason(ByteBuffer from) {
    byte[] bytes = new byte[Math.min(Short.toUnsignedInt(from.getShort()), from.remaining())];
    from.get(bytes);
    // It ends up in a log line; a letter that was cut in two shows as a question mark.
    return new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
  }

  /** What a packet is; the codes are on the wire. */
  enum Kind {
    KNOCK(1),
    HERE(2),
    HELLO(3),
    DATA(4),
    STATUS(5),
    GOODBYE(6),
    FAREWELL(7);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    private static Kind of(byte code) throws BadPacketException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new BadPacketException("is of the unknown kind " + code);
    }
  }
}
