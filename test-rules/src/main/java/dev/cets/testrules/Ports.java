package dev.cets.testrules;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of 127.0.0.1 that the system does not hand out by itself for outgoing connections. */
public final class Ports {
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 30_000; // Linux hands out 32768 and up

  private Ports() {}

  /** One that was free a moment ago. */
  public static int free() {
    for (int tries = 0; tries < 1_000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // taken; another
      }
    }
    throw new IllegalStateException("no free port");
  }
}
