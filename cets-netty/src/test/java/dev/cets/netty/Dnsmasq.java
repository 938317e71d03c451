package dev.cets.netty;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ThreadedCluster;
import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real name server on loopback, for the domain {@code test}; its records can be changed. */
final class Dnsmasq implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long STOP_SECONDS = 10;

  private final Path hosts;
  private final Path log;
  private final int port;
  private List<String> services = List.of();
  private @Nullable Process process;

  /** Starts it, without records; the test is skipped where it is not installed. */
  Dnsmasq(Path directory) throws IOException {
    if (executable() == null) {
      abort("dnsmasq is not installed (Debian: dnsmasq-base), so no real name server is asked");
    }
    hosts = directory.resolve("hosts");
    log = directory.resolve("dnsmasq.log");
    Files.writeString(hosts, "");
    port = freePort();
    start();
  }

  private static @Nullable Path executable() {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, "dnsmasq"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** For UDP and TCP. */
  private static int freePort() throws IOException {
    for (int attempt = 0; ; attempt++) {
      try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          DatagramSocket udp =
              new DatagramSocket(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()))) {
        return udp.getLocalPort();
      } catch (IOException e) {
        if (attempt == 20) {
          throw e;
        }
      }
    }
  }

  NodeAddress address() {
    return new NodeAddress(HOST, port);
  }

  private void start() throws IOException {
    Files.deleteIfExists(log);
    List<String> command = new ArrayList<>();
    command.add(String.valueOf(executable()));
    command.addAll(
        List.of(
            "--keep-in-foreground",
            "--conf-file=/dev/null",
            "--pid-file=",
            "--user=" + System.getProperty("user.name"),
            "--log-facility=-",
            "--listen-address=" + HOST,
            "--port=" + port,
            "--bind-interfaces",
            "--no-resolv",
            "--no-hosts",
            "--addn-hosts=" + hosts,
            "--local=/test/",
            // So that these names exist, whatever addresses and services they have.
            "--txt-record=nodes.test,here",
            "--txt-record=_cets._tcp.nodes.test,here"));
    services.forEach(service -> command.add("--srv-host=_cets._tcp.nodes.test," + service));
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    awaitRead(1);
  }

  /** The names and addresses from now on, as {@code 127.0.0.2 nodes.test}. */
  void hosts(List<String> lines) throws IOException, InterruptedException {
    Files.write(hosts, lines);
    Process running = process;
    if (running == null) {
      start();
    } else {
      int before = timesRead();
      int exit =
          new ProcessBuilder("kill", "-HUP", String.valueOf(running.pid())).start().waitFor();
      if (exit != 0) {
        throw new IOException("dnsmasq cannot be told to read its hosts again");
      }
      awaitRead(before + 1);
    }
  }

  /** The services of {@code _cets._tcp.nodes.test} from now on, as {@code a.nodes.test,7801}. */
  void services(List<String> hostsAndPorts) throws IOException, InterruptedException {
    services = List.copyOf(hostsAndPorts);
    stop();
    start();
  }

  private void awaitRead(int times) {
    ThreadedCluster.until(() -> timesRead() >= times || process == null || !process.isAlive());
    if (process == null || !process.isAlive()) {
      throw new IllegalStateException("dnsmasq has ended: " + text());
    }
  }

  private int timesRead() {
    return Pattern.compile("read " + Pattern.quote(hosts.toString()))
            .splitAsStream(text() + " ")
            .toList()
            .size()
        - 1;
  }

  private String text() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Nobody answers from now on, until records are given again. */
  void stop() throws InterruptedException {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    }
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
