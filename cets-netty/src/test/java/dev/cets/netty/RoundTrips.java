package dev.cets.netty;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport.Connection;
import dev.cets.testkit.ThreadedCluster;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Not a test: prints how many frames a second go to two peers in processes of their own and back,
 * one at a time; next to it the same with plain blocking sockets, which nothing can beat by much.
 */
public final class RoundTrips {
  private static final int PEERS = 2;
  private static final int FRAME_BYTES = 100;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int ROUNDS = 4;

  private RoundTrips() {}

  /** With arguments it is a peer: {@code netty} or {@code raw}. */
  public static void main(String... arguments) throws Exception {
    if (arguments.length > 0) {
      if (arguments[0].equals("netty")) {
        echoOverNetty();
      } else {
        echoOverSockets();
      }
      return;
    }
    for (int round = 0; round < ROUNDS; round++) {
      try (Peers peers = new Peers("raw")) {
        plainSockets(peers.ports).print("plain sockets, one thread");
      }
      try (Peers peers = new Peers("netty")) {
        overNetty(peers.ports);
      }
    }
  }

  /** The processor time tells more than the rate where others use the machine as well. */
  private record Result(long trips, long nanos, long cpuNanos) {
    void print(String what) {
      System.out.printf(
          "%-32s %,10.0f /s, %6.1f us of this process's CPU each%n",
          what, trips * 1e9 / nanos, cpuNanos / 1e3 / trips);
    }
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static final class Peers implements AutoCloseable {
    final List<Process> processes = new ArrayList<>();
    final int[] ports = new int[PEERS];

    Peers(String kind) throws IOException {
      for (int i = 0; i < PEERS; i++) {
        Process process =
            new ProcessBuilder(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:+UseParallelGC",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    RoundTrips.class.getName(),
                    kind)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        ports[i] = Integer.parseInt(process.inputReader(StandardCharsets.UTF_8).readLine().strip());
      }
    }

    @Override
    public void close() {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private static void echoOverNetty() throws IOException {
    NettyTransport transport = NettyTransport.port(0);
    transport.start(
        "peer-" + ProcessHandle.current().pid(),
        new Heard() {
          @Override
          public void received(Connection connection, ByteBuffer frame) {
            connection.send(frame);
          }
        });
    System.out.println(transport.address().port());
    awaitEndOfInput();
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // until the parent is gone
    }
  }

  private static void echoOverSockets() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.out.println(server.getLocalPort());
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        byte[] frame = new byte[FRAME_BYTES];
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        while (true) {
          in.readFully(frame);
          out.write(frame);
        }
      }
    }
  }

  private static Result plainSockets(int[] ports) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int port : ports) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      sockets.add(socket);
    }
    byte[] frame = new byte[FRAME_BYTES];
    long trips = 0;
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < ROUND_NANOS) {
      for (Socket socket : sockets) {
        socket.getOutputStream().write(frame);
      }
      for (Socket socket : sockets) {
        int read = socket.getInputStream().readNBytes(frame, 0, FRAME_BYTES);
        if (read < FRAME_BYTES) {
          throw new IOException("peer gone");
        }
      }
      trips++;
    }
    Result result = new Result(trips, ROUND_NANOS, cpuNanos() - cpu);
    for (Socket socket : sockets) {
      socket.close();
    }
    return result;
  }

  /** Sends to all, and the next when all have answered; on behalf of a thread, or on the loop. */
  private static final class Writer extends Heard {
    private final byte[] frame = new byte[FRAME_BYTES];
    private int missing;
    private final AtomicLong trips = new AtomicLong();
    private volatile boolean onLoop;
    private volatile boolean idle;
    private volatile CompletableFuture<Boolean> answered = new CompletableFuture<>();

    @Override
    public void received(Connection connection, ByteBuffer answer) {
      if (--missing == 0) {
        trips.incrementAndGet();
        idle = !onLoop;
        if (!idle) {
          sendAll();
        } else {
          answered.complete(true);
        }
      }
    }

    void sendAll() {
      missing = connected.size();
      ByteBuffer shared = ByteBuffer.wrap(frame);
      for (Connection connection : connected) {
        connection.send(shared);
      }
    }
  }

  private static void overNetty(int[] ports) throws IOException, InterruptedException {
    Writer writer = new Writer();
    try (NettyTransport transport = NettyTransport.port(0)) {
      transport.start("writer", writer);
      Set<NodeAddress> addresses = new HashSet<>();
      Arrays.stream(ports).forEach(port -> addresses.add(new NodeAddress("127.0.0.1", port)));
      transport.seek(addresses);
      ThreadedCluster.until(() -> writer.connected.size() == PEERS);

      onLoop(transport, writer, 2 * ROUND_NANOS); // warms up
      waiting(transport, writer).print("transport, a thread that waits");
      onLoop(transport, writer, ROUND_NANOS).print("transport, all on the loop");
    }
  }

  private static Result waiting(NettyTransport transport, Writer writer)
      throws IOException, InterruptedException {
    long first = writer.trips.get();
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < ROUND_NANOS) {
      writer.answered = new CompletableFuture<>();
      transport.loop().execute(writer::sendAll);
      if (!transport.loop().await(writer.answered, ROUND_NANOS)) {
        throw new IOException("peer gone");
      }
    }
    return new Result(writer.trips.get() - first, ROUND_NANOS, cpuNanos() - cpu);
  }

  private static Result onLoop(NettyTransport transport, Writer writer, long nanos) {
    long first = writer.trips.get();
    long cpu = cpuNanos();
    writer.onLoop = true;
    writer.idle = false;
    long begin = System.nanoTime();
    transport.loop().execute(writer::sendAll);
    while (System.nanoTime() - begin < nanos) {
      LockSupport.parkNanos(writer, nanos);
    }
    Result result = new Result(writer.trips.get() - first, nanos, cpuNanos() - cpu);
    writer.onLoop = false;
    ThreadedCluster.until(() -> writer.idle);
    return result;
  }
}
