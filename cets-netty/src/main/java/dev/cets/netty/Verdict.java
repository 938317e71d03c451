package dev.cets.netty;

import java.nio.ByteBuffer;

/**
 * What the decider of a pair answers to the other's hello: one byte, and room for more. Frames of
 * the application follow an {@link #ACCEPT} at once.
 */
enum Verdict {
  /** This connection is the pair's. */
  ACCEPT(1),
  /** The pair has one; the decider closes this one. */
  ALREADY_CONNECTED(2);

  private final byte code;

  Verdict(int code) {
    this.code = (byte) code;
  }

  ByteBuffer encode() {
    return ByteBuffer.wrap(new byte[] {code});
  }

  static Verdict decode(ByteBuffer frame) throws HandshakeException {
    if (!frame.hasRemaining()) {
      throw new HandshakeException("sent an empty verdict");
    }
    byte code = frame.get();
    for (Verdict verdict : values()) {
      if (verdict.code == code) {
        return verdict;
      }
    }
    throw new HandshakeException("refused the connection, with code " + Byte.toUnsignedInt(code));
  }
}
