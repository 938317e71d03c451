package dev.cets.testrules;

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
public final class HeldPorts implements AutoCloseable {
  private static final boolean CAN_BE_HELD = System.getProperty("os.name").equals("Linux");
  private static final int ATTEMPTS = 20;

  private final List<Socket> holding = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  private HeldPorts() {}

  /** So many of 127.0.0.1, which differ. */
  public static HeldPorts of(int count) throws IOException {
    HeldPorts held = new HeldPorts();
    for (int i = 0; i < count; i++) {
      held.ports.add(held.hold(InetAddress.getLoopbackAddress(), 0));
    }
    held.letGoIfNobodyElseCouldListen();
    return held;
  }

  /** One port that is free at each of these addresses. */
  public static HeldPorts ofAll(String... addresses) throws IOException {
    for (int attempt = 1; ; attempt++) {
      HeldPorts held = new HeldPorts();
      try {
        int port = 0;
        for (String address : addresses) {
          port = held.hold(InetAddress.getByName(address), port);
        }
        held.ports.add(port);
        held.letGoIfNobodyElseCouldListen();
        return held;
      } catch (IOException e) {
        held.close();
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private int hold(InetAddress address, int port) throws IOException {
    Socket socket = new Socket();
    holding.add(socket);
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(address, port));
    return socket.getLocalPort();
  }

  private void letGoIfNobodyElseCouldListen() {
    if (!CAN_BE_HELD) {
      close();
    }
  }

  /** The first of them, or the only one. */
  public int port() {
    return ports.getFirst();
  }

  /** All of them. */
  public List<Integer> all() {
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
