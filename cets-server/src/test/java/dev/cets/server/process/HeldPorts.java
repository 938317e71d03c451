package dev.cets.server.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports of loopback that the system gives to nobody else until this is closed. Who is told one can
 * listen there all the same, once or again and again, and until somebody does, who connects is
 * refused.
 *
 * <p>Linux allows that: a socket that does not listen shares its port with one that does, if both
 * reuse addresses, as every server here does. Other systems do not; there the ports are free from
 * the beginning, and were so a moment ago.
 */
final class HeldPorts implements AutoCloseable {
  private static final boolean CAN_BE_HELD = System.getProperty("os.name").equals("Linux");

  private final List<Socket> holding = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  HeldPorts(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket();
      holding.add(socket);
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      ports.add(socket.getLocalPort());
    }
    if (!CAN_BE_HELD) {
      close();
    }
  }

  /** One of them, from 0 on. */
  int port(int index) {
    return ports.get(index);
  }

  /** All of them. */
  List<Integer> all() {
    return List.copyOf(ports);
  }

  @Override
  public void close() {
    for (Socket socket : holding) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
