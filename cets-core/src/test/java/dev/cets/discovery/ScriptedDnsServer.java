package dev.cets.discovery;

import dev.cets.spi.NodeAddress;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server on loopback that says what the test wants, also what real ones rarely say. */
final class ScriptedDnsServer implements AutoCloseable {
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;
  static final int REFUSED = 5;
  private static final int OK_ANSWER = 0x8180;
  private static final Map<Integer, String> TYPES = Map.of(1, "A", 28, "AAAA", 33, "SRV");

  private record Reply(int code, List<byte[]> records, boolean silent) {}

  private final DatagramSocket socket;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile long delayMillis;

  ScriptedDnsServer() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::serve);
  }

  NodeAddress address() {
    return new NodeAddress(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
  }

  /** What was asked for, as {@code A nodes.test}. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** From now on answers come so much later. */
  void delay(long millis) {
    delayMillis = millis;
  }

  void fails(String question, int code) {
    replies.put(question, new Reply(code, List.of(), false));
  }

  void isSilentOn(String question) {
    replies.put(question, new Reply(0, List.of(), true));
  }

  /** The name exists, but has no such records. */
  void hasNone(String question) {
    replies.put(question, new Reply(0, List.of(), false));
  }

  void addresses(String question, String... literals) {
    List<byte[]> records = new ArrayList<>();
    for (String literal : literals) {
      try {
        records.add(InetAddress.getByName(literal).getAddress());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    replies.put(question, new Reply(0, records, false));
  }

  /** Each as {@code port host}; a host of one dot is no service. */
  void services(String name, String... services) {
    List<byte[]> records = new ArrayList<>();
    for (String service : services) {
      String[] parts = service.split(" ", -1);
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      record.writeBytes(new byte[] {0, 10, 0, 5});
      record.writeBytes(ByteBuffer.allocate(2).putShort((short) port(parts[0])).array());
      record.writeBytes(encoded(parts[1]));
      records.add(record.toByteArray());
    }
    replies.put("SRV " + name, new Reply(0, records, false));
  }

  private static int port(String text) {
    return Integer.parseInt(text);
  }

  private static byte[] encoded(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String label : name.split("\\.", -1)) {
      bytes.write(label.length());
      bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    bytes.write(0);
    return bytes.toByteArray();
  }

  private void serve() {
    byte[] buffer = new byte[1024];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        Thread.ofVirtual().start(() -> reply(query, packet.getSocketAddress()));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void reply(byte[] query, SocketAddress to) {
    ByteBuffer in = ByteBuffer.wrap(query);
    int id = in.getShort();
    in.position(12);
    StringBuilder name = new StringBuilder();
    for (int length = in.get(); length > 0; length = in.get()) {
      byte[] label = new byte[length];
      in.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    int type = in.getShort();
    String question = TYPES.get(type) + " " + name;
    asked.add(question);
    Reply reply = replies.getOrDefault(question, new Reply(NXDOMAIN, List.of(), false));
    if (reply.silent()) {
      return;
    }
    try {
      Thread.sleep(delayMillis); // the delay is what is tested
      byte[] answer = answer(id, Arrays.copyOfRange(query, 12, in.position() + 2), type, reply);
      socket.send(new DatagramPacket(answer, answer.length, to));
    } catch (IOException e) {
      // closed meanwhile
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] answer(int id, byte[] question, int type, Reply reply) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(id);
    out.writeShort(OK_ANSWER | reply.code());
    out.writeShort(1);
    out.writeShort(reply.records().size());
    out.writeInt(0);
    out.write(question);
    for (byte[] record : reply.records()) {
      out.writeShort(0xC00C); // the name of the question
      out.writeShort(type);
      out.writeShort(1);
      out.writeInt(3600); // for how long it may be kept; nobody should
      out.writeShort(record.length);
      out.write(record);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
