package dev.cets.jgroups;

import dev.cets.engine.EngineId;
import dev.cets.spi.NodeAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks. JGroups' own address of a member says nothing about it: a channel that is connected
 * again has another one, and logical names need not differ.
 *
 * <p>Layout, big-endian: engine (16 bytes), name and host (each: length (2), UTF-8), port (2),
 * physical address (length (1): 0, 4 or 16, that many bytes, port (2)).
 *
 * @param engine the running transport
 * @param name of its node
 * @param address where it says to be
 * @param physical where JGroups reaches it, if that is a socket's address
 */
record Identity(
    EngineId engine, String name, NodeAddress address, @Nullable InetSocketAddress physical) {
  static final int MAX_NAME_BYTES = 255;
  static final int MAX_HOST_BYTES = 255;

  Identity {
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

  byte[] encode() {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] hostBytes = address.host().getBytes(StandardCharsets.UTF_8);
    byte[] ip = physical == null ? new byte[0] : physical.getAddress().getAddress();
    return ByteBuffer.allocate(
            16 + 2 + nameBytes.length + 2 + hostBytes.length + 2 + 1 + ip.length + 2)
        .putLong(engine.high())
        .putLong(engine.low())
        .putShort((short) nameBytes.length)
        .put(nameBytes)
        .putShort((short) hostBytes.length)
        .put(hostBytes)
        .putShort((short) address.port())
        .put((byte) ip.length)
        .put(ip)
        .putShort((short) (physical == null ? 0 : physical.getPort()))
        .array();
  }

  static Identity decode(ByteBuffer from) throws BadPacketException {
    try {
      EngineId engine = new EngineId(from.getLong(), from.getLong());
      String name = text(from, MAX_NAME_BYTES);
      String host = text(from, MAX_HOST_BYTES);
      int port = Short.toUnsignedInt(from.getShort());
      return new Identity(engine, name, new NodeAddress(host, port), physical(from));
    } catch (BufferUnderflowException e) {
      throw new BadPacketException("names nobody: too short", e);
    } catch (CharacterCodingException | UnknownHostException | IllegalArgumentException e) {
      throw new BadPacketException("names nobody: a bad name or address", e);
    }
  }

  private static @Nullable InetSocketAddress physical(ByteBuffer from) throws UnknownHostException {
    byte[] ip = new byte[Byte.toUnsignedInt(from.get())];
    if (ip.length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    from.get(ip);
    int port = Short.toUnsignedInt(from.getShort());
    return ip.length == 0 ? null : new InetSocketAddress(InetAddress.getByAddress(ip), port);
  }

  private static String text(ByteBuffer from, int maxBytes) throws CharacterCodingException {
    int length = Short.toUnsignedInt(from.getShort());
    if (length > maxBytes) {
      throw new IllegalArgumentException("text of " + length + " bytes");
    }
    if (length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer bytes = from.slice(from.position(), length);
    from.position(from.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  @Override
  public String toString() {
    return name + " at " + address;
  }
}
