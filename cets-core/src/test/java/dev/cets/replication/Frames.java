package dev.cets.replication;

import dev.cets.wire.Envelope;
import dev.cets.wire.WireReader;
import dev.cets.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Frames for tests: valid ones, and those that somebody has tampered with. */
final class Frames {
  private static final int BODY_AT = 6;
  private static final byte[] LARGEST_NUMBER = {-1, -1, -1, -1, -1, -1, -1, -1, 127};

  private Frames() {}

  static byte[] bytes(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.duplicate().get(bytes);
    return bytes;
  }

  static byte[] of(Message message) {
    return bytes(MessageCodec.encode(message));
  }

  static byte[] of(long to, long from, LinkMessage<String, Note> message) {
    return bytes(Note.CODEC.encode(to, from, message));
  }

  static byte[] of(
      long to, long from, long number, List<Write<String, Note>> writes, Incarnation self) {
    WireWriter out = LinkCodec.beginWrites(to, from, number, 0);
    writes.forEach(write -> put(out, write, self));
    return bytes(Envelope.end(out));
  }

  private static void put(WireWriter out, Write<String, Note> write, Incarnation self) {
    WriteCodec.putHead(out, write.previous(), write.stamp(), write.changes().size());
    for (Write.Change<String, Note> change : write.changes()) {
      Note note = change.record();
      WriteCodec.putChange(
          out,
          Note.KEYS.encode(change.key()),
          note == null ? null : Note.NOTES.encode(note),
          change.replaces(),
          self);
    }
  }

  /** A frame with a body written by hand. */
  static byte[] of(int kind, Consumer<WireWriter> body) {
    WireWriter out = Envelope.begin(kind, 0);
    body.accept(out);
    return bytes(Envelope.end(out));
  }

  static Message message(byte[] frame) {
    ByteBuffer copy = ByteBuffer.wrap(frame);
    int kind = Envelope.open(copy);
    return MessageCodec.decode(kind, new WireReader(copy));
  }

  static LinkMessage<String, Note> linkMessage(byte[] frame, Incarnation sender) {
    ByteBuffer copy = ByteBuffer.wrap(frame);
    int kind = Envelope.open(copy);
    WireReader body = new WireReader(copy);
    body.readNumber();
    body.readNumber();
    return Note.CODEC.decode(kind, body, sender);
  }

  /** The checksum made right. */
  static byte[] summed(byte[] frame) {
    if (frame.length < BODY_AT) {
      return frame;
    }
    CRC32C sum = new CRC32C();
    sum.update(frame, 0, 2);
    sum.update(frame, BODY_AT, frame.length - BODY_AT);
    ByteBuffer.wrap(frame).putInt(2, (int) sum.getValue());
    return frame;
  }

  /** A few changes by chance, behind {@code from}. */
  static byte[] mutated(byte[] valid, int from, List<byte[]> others, Random random) {
    byte[] bytes = valid.clone();
    for (int i = random.nextInt(3); i >= 0 && bytes.length > from; i--) {
      int at = from + random.nextInt(bytes.length - from);
      int to = at + random.nextInt(Math.min(bytes.length - at, 30) + 1);
      byte[] other = others.get(random.nextInt(others.size()));
      bytes =
          switch (random.nextInt(8)) {
            case 0 -> put(bytes, at, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
            case 1 -> put(bytes, at, new byte[] {(byte) (random.nextBoolean() ? -1 : 0)});
            case 2 -> joined(bytes, at, new byte[0], bytes.length); // cut off
            case 3 -> joined(bytes, at, new byte[0], to); // without a range
            case 4 -> joined(bytes, to, new byte[0], at); // with a range twice
            case 5 -> joined(bytes, at, LARGEST_NUMBER, at + random.nextInt(2));
            case 6 -> put(bytes, at, extreme(random));
            default -> joined(bytes, at, other, Math.min(bytes.length, at + other.length));
          };
    }
    return bytes;
  }

  private static byte[] extreme(Random random) {
    long[] extremes = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE, 1L << 62};
    return ByteBuffer.allocate(8).putLong(extremes[random.nextInt(extremes.length)]).array();
  }

  private static byte[] put(byte[] bytes, int at, byte[] value) {
    System.arraycopy(value, 0, bytes, at, Math.min(value.length, bytes.length - at));
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int firstTo, byte[] between, int secondFrom) {
    int rest = Math.max(0, bytes.length - secondFrom);
    byte[] joined = new byte[firstTo + between.length + rest];
    System.arraycopy(bytes, 0, joined, 0, firstTo);
    System.arraycopy(between, 0, joined, firstTo, between.length);
    System.arraycopy(bytes, bytes.length - rest, joined, firstTo + between.length, rest);
    return joined;
  }
}
