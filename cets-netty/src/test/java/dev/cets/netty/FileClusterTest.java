package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cets.CetsNode;
import dev.cets.Discoveries;
import dev.cets.testkit.ClusterHarness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines of a nodes file that only a real network understands. */
@Timeout(120)
class FileClusterTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final NettyCluster cluster = new NettyCluster();
  private final Path file;

  FileClusterTest(@TempDir Path directory) {
    file = directory.resolve("nodes.txt");
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private CetsNode start(String name) {
    return cluster.start(name, settings -> settings.discovery(Discoveries.file(file)));
  }

  private static String address(CetsNode node) {
    return Objects.requireNonNull(node.address()).toString();
  }

  @Test
  void file_nameThatDoesNotResolve_isUnavailableAndTheOthersAreUsed() throws IOException {
    CetsNode b = cluster.start("b");
    Files.writeString(file, "does-not-resolve.invalid:7800 " + address(b) + "\r\n");

    CetsNode a = start("a");
    a.awaitReady(LIMIT);
    cluster.sessions("a");
    cluster.sessions("b");
    cluster.awaitJoined("a", "b");

    assertThat(a.status().unavailableNodes()).containsExactly("does-not-resolve.invalid:7800");
    assertThat(a.status().discoveryWorks()).isTrue();
    cluster.await(
        () ->
            a.status().reasons().stream()
                .anyMatch(why -> why.startsWith("does-not-resolve.invalid:7800 cannot be ")));
    cluster.sessions("a").insert(new ClusterHarness.Session("s", "u"));
    assertThat(cluster.sessions("b").lookup("s")).isNotNull();
  }

  @Test
  void file_ipv6InBrackets_isConnected() throws IOException {
    assumeTrue(hasIpv6(), "this machine has no ::1");
    try (CetsNode b =
        CetsNode.builder("b").transport(NettyTransport.builder().bind("::1").build()).start()) {
      Files.writeString(file, address(b) + "\n");
      assertThat(Files.readString(file)).startsWith("[");

      CetsNode a = start("a");
      a.awaitReady(LIMIT);

      assertThat(a.status().availableNodes()).isEqualTo(List.of("a", "b"));
    }
  }

  @SuppressWarnings("AddressSelection") // a literal
  private static boolean hasIpv6() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
