package dev.cets.netty;

import dev.cets.engine.EngineId;
import dev.cets.engine.Proof;
import dev.cets.spi.NodeAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The first frame in each direction: who speaks.
 *
 * <p>Layout, big-endian: magic (4 bytes), handshake version (1), oldest version that is understood
 * as well (1), engine id (16), name and host (each: length (2), UTF-8), port (2). Then, from a node
 * with a cluster secret, the length of a nonce (1 byte) and the nonce of this connection ({@link
 * Proof}); a node without one that has more to say puts a 0 there. Whatever follows is ignored, so
 * that later releases can say more under the same version. Magic and versions stay where they are
 * in every version.
 */
record Hello(EngineId engine, String name, NodeAddress address) {
  static final int MAX_NAME_BYTES = 255;
  static final int MAX_HOST_BYTES = 255;

  private static final int MAGIC = 0x43455453; // CETS
  private static final int VERSION = 1;
  private static final int OLDEST_VERSION = 1;
  private static final int FIXED_BYTES = 4 + 1 + 1 + 16 + 2 + 2 + 2;

  Hello {
    checkName(name);
    check("host", address.host(), MAX_HOST_BYTES);
  }

  static void checkName(String name) {
    check("name", name, MAX_NAME_BYTES);
  }

  private static void check(String what, String text, int maxBytes) {
    // Both end up in the log lines of peers.
    if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(what + " is blank or has control characters");
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > maxBytes) {
      throw new IllegalArgumentException(
          what + " has " + bytes + " bytes; " + maxBytes + " are allowed");
    }
  }

  ByteBuffer encode() {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] hostBytes = address.host().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + nameBytes.length + hostBytes.length)
        .putInt(MAGIC)
        .put((byte) VERSION)
        .put((byte) OLDEST_VERSION)
        .putLong(engine.high())
        .putLong(engine.low())
        .putShort((short) nameBytes.length)
        .put(nameBytes)
        .putShort((short) hostBytes.length)
        .put(hostBytes)
        .putShort((short) address.port())
        .flip();
  }

  /** The same, for a nonce to follow. */
  byte[] encodeForProof() {
    ByteBuffer known = encode();
    return ByteBuffer.allocate(known.remaining() + 1)
        .put(known)
        .put((byte) Proof.NONCE_BYTES)
        .array();
  }

  /** Of what stands behind a decoded hello: is it a nonce? */
  static boolean isNonce(ByteBuffer rest) {
    return rest.remaining() > Proof.NONCE_BYTES && rest.get(rest.position()) == Proof.NONCE_BYTES;
  }

  static Hello decode(ByteBuffer frame) throws HandshakeException {
    try {
      if (frame.getInt() != MAGIC) {
        throw new HandshakeException("sent something else than a CETS handshake");
      }
      checkVersions(Byte.toUnsignedInt(frame.get()), Byte.toUnsignedInt(frame.get()));
      EngineId engine = new EngineId(frame.getLong(), frame.getLong());
      String name = text(frame, MAX_NAME_BYTES);
      String host = text(frame, MAX_HOST_BYTES);
      int port = Short.toUnsignedInt(frame.getShort());
      return new Hello(engine, name, new NodeAddress(host, port));
    } catch (BufferUnderflowException e) {
      throw new HandshakeException("sent a handshake that is too short", e);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new HandshakeException("sent a handshake with a bad name or address", e);
    }
  }

  private static void checkVersions(int version, int oldest) throws HandshakeException {
    if (version < OLDEST_VERSION || oldest > VERSION) {
      throw new HandshakeException(
          "speaks handshake versions %d to %d; this node %d to %d"
              .formatted(oldest, version, OLDEST_VERSION, VERSION));
    }
  }

  private static String text(ByteBuffer frame, int maxBytes) throws CharacterCodingException {
    int length = Short.toUnsignedInt(frame.getShort());
    if (length > maxBytes) {
      throw new IllegalArgumentException("text of " + length + " bytes");
    }
    if (length > frame.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer bytes = frame.slice(frame.position(), length);
    frame.position(frame.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }
}
