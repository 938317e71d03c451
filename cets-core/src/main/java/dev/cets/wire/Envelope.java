package dev.cets.wire;

import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What stands before every frame's body: the version of the wire format, the kind of the message,
 * and a checksum of everything. Transports check sums too, but a wrong value that gets through
 * would make replicas differ while both are sure, so nothing is believed that does not match.
 */
public final class Envelope {
  /** The version of the wire format that this code writes. */
  public static final int VERSION = 1;

  private static final int CHECKSUM_AT = 2;
  private static final int BODY_AT = 6;

  private Envelope() {}

  /** Begins a frame; its body is written behind. */
  public static WireWriter begin(int kind, int capacity) {
    WireWriter writer = new WireWriter(BODY_AT + capacity);
    writer.putByte(VERSION);
    writer.putByte(kind);
    for (int i = CHECKSUM_AT; i < BODY_AT; i++) {
      writer.putByte(0);
    }
    return writer;
  }

  /** Ends the frame: it is ready to be sent, and the writer not to be used any more. */
  public static ByteBuffer end(WireWriter writer) {
    CRC32C sum = new CRC32C();
    sum.update(writer.array(), 0, CHECKSUM_AT);
    sum.update(writer.array(), BODY_AT, writer.size() - BODY_AT);
    writer.setInt(CHECKSUM_AT, (int) sum.getValue());
    return writer.toBuffer();
  }

  /**
   * Checks a frame and moves its position to the body.
   *
   * @return the kind of the message
   * @throws DecodeException if the version or the checksum is wrong
   */
  public static int open(ByteBuffer frame) {
    if (frame.remaining() < BODY_AT) {
      throw new DecodeException("a frame of " + frame.remaining() + " bytes; at least " + BODY_AT);
    }
    int start = frame.position();
    int version = frame.get(start) & 0xff;
    if (version != VERSION) {
      throw new DecodeException("wire version " + version + "; " + VERSION + " is spoken here");
    }
    CRC32C sum = new CRC32C();
    sum.update(frame.slice(start, CHECKSUM_AT));
    sum.update(frame.slice(start + BODY_AT, frame.remaining() - BODY_AT));
    if ((int) sum.getValue() != frame.getInt(start + CHECKSUM_AT)) {
      throw new DecodeException("a checksum that does not match");
    }
    frame.position(start + BODY_AT);
    return frame.get(start + 1) & 0xff;
  }
}
