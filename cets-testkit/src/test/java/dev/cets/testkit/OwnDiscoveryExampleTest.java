package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.Discoveries;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A back end of one's own, as the documentation shows it, and its contract test. */
class OwnDiscoveryExampleTest {
  /** One file per node, named after its address: what a side-car may write. */
  record Directory(Path path) implements Discovery {
    @Override
    public Set<NodeAddress> discover() throws IOException {
      try (var files = Files.list(path)) {
        return files
            .map(file -> NodeAddress.parse(file.getFileName().toString()))
            .collect(Collectors.toSet());
      }
    }
  }

  @TempDir private Path directory;
  private final SimulatedCluster cluster = new SimulatedCluster(11);

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void ownBackEnd_asARecord_findsNodes() throws IOException {
    Files.createFile(directory.resolve("b:7001"));
    cluster.start("b");
    CetsNode a = cluster.start("a", settings -> settings.discovery(new Directory(directory)));

    a.awaitReady(Duration.ofSeconds(10));

    assertThat(a.status().availableNodes()).containsExactly("a", "b");
    assertThat(a.status().discovery().getFirst().backEnd()).isEqualTo("Directory");
  }

  @Test
  void ownBackEnd_asALambda_findsNodes() {
    cluster.start("b");
    CetsNode a =
        cluster.start(
            "a",
            settings ->
                settings.discovery(
                    Discoveries.every(
                        Duration.ofSeconds(10), () -> Set.of(new NodeAddress("b", 7001)))));

    a.awaitReady(Duration.ofSeconds(10));

    assertThat(a.status().availableNodes()).containsExactly("a", "b");
  }

  @Nested
  class Contract extends ChangingDiscoveryContract {
    private final Path nodesDirectory;
    private final Discovery discovery;

    Contract(@TempDir Path parent) {
      nodesDirectory = parent.resolve("nodes");
      discovery = new Directory(nodesDirectory);
    }

    @Override
    protected Discovery knowing(Set<NodeAddress> nodes) throws IOException {
      breakSource();
      Files.createDirectory(nodesDirectory);
      for (NodeAddress node : nodes) {
        Files.createFile(nodesDirectory.resolve(node.toString()));
      }
      return discovery;
    }

    @Override
    protected void breakSource() throws IOException {
      if (Files.exists(nodesDirectory)) {
        try (var files = Files.list(nodesDirectory)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(nodesDirectory);
      }
    }
  }
}
