package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.Discoveries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of nodes that comes, changes, and is wrong; the file is real, the time is not. */
class DiscoveryByFileTest {
  /** The file is read again at least every five seconds. */
  private static final Duration READ_AGAIN = Duration.ofSeconds(6);

  @TempDir Path dir;

  private final SimulatedCluster cluster = new SimulatedCluster(5);
  private Path file;

  @BeforeEach
  void begin() {
    file = dir.resolve("nodes.txt");
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private CetsNode start(String name) {
    CetsNode node = cluster.start(name, settings -> settings.discovery(Discoveries.file(file)));
    cluster.sessions(name);
    return node;
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  @Test
  void file_notThereYet_nodeRunsAloneAndSaysSo() {
    CetsNode a = start("a");

    a.awaitReady(Duration.ofSeconds(5));

    assertThat(a.status().discoveryWorks()).isFalse();
    assertThat(a.status().reasons())
        .singleElement()
        .asString()
        .contains("nodes.txt", "does not exist");
    assertThat(a.status().availableNodes()).containsExactly("a");
  }

  @Test
  void file_appearsLater_theClusterForms() throws IOException {
    CetsNode a = start("a");
    CetsNode b = start("b");
    cluster.run(Duration.ofMinutes(10));

    write("a:7001\nb:7001\n");
    cluster.run(READ_AGAIN);
    a.awaitReady(Duration.ofSeconds(5));
    b.awaitReady(Duration.ofSeconds(5));

    assertThat(a.status().joinedNodes()).containsExactly("a", "b");
    assertThat(b.status().discoveryWorks()).isTrue();
    assertThat(b.status().discoveredNodes()).containsExactly("a", "b");
  }

  @Test
  void file_gainsALine_theNewNodeIsJoined() throws IOException {
    write("a:7001\n");
    CetsNode a = start("a");
    cluster.start("b");
    cluster.sessions("b");
    cluster.run(Duration.ofMinutes(10));

    write("a:7001\nb:7001\n");
    cluster.run(READ_AGAIN);

    assertThat(a.status().joinedNodes()).containsExactly("a", "b");
  }

  @Test
  void file_listsANodeThatIsDown_isUnavailableUntilItIsNoLongerListed() throws IOException {
    write("a:7001\nb:7001\n");
    CetsNode a = start("a");
    cluster.run(READ_AGAIN);
    assertThat(a.status().unavailableNodes()).containsExactly("b:7001");

    write("a:7001\n");
    cluster.run(READ_AGAIN);

    assertThat(a.status().unavailableNodes()).isEmpty();
    assertThat(a.status().reasons()).isEmpty();
  }

  @Test
  void file_losesALineOfAConnectedNode_itStaysConnected() throws IOException {
    write("a:7001\nb:7001\n");
    CetsNode a = start("a");
    start("b");
    cluster.awaitJoined("a", "b");

    write("a:7001\n");
    cluster.run(READ_AGAIN);

    assertThat(a.status().availableNodes()).containsExactly("a", "b");
    assertThat(a.status().discoveredNodes()).containsExactly("a");
  }

  @Test
  void file_linesThatAreNoNodes_theOthersAreUsed() throws IOException {
    write("# the nodes\r\n\r\nno port here\r\na:7001 b:7001 # two\r\nc:99999\r\n[::1]:7001\r\n");
    CetsNode a = start("a");
    start("b");

    cluster.awaitJoined("a", "b");

    assertThat(a.status().discoveryWorks()).isTrue();
    assertThat(a.status().discoveredNodes()).containsExactly("[::1]:7001", "a", "b");
    assertThat(a.status().unavailableNodes()).containsExactly("[::1]:7001");
  }

  @Test
  void file_goesAway_theLastAnswerStands() throws IOException {
    write("a:7001\nb:7001\n");
    CetsNode a = start("a");
    start("b");
    cluster.awaitJoined("a", "b");

    Files.delete(file);
    cluster.run(READ_AGAIN);

    assertThat(a.status().discoveryWorks()).isFalse();
    assertThat(a.status().discoveredNodes()).containsExactly("a", "b");
    assertThat(a.status().joinedNodes()).isEqualTo(List.of("a", "b"));
  }

  @Test
  void file_nodeRestartsAtItsAddress_isFoundAgain() throws IOException {
    write("a:7001\nb:7001\n");
    CetsNode a = start("a");
    start("b");
    cluster.awaitJoined("a", "b");
    cluster.kill("b");
    cluster.awaitDown("a", "b");
    assertThat(a.status().unavailableNodes()).containsExactly("b");

    start("b");

    cluster.awaitJoined("a", "b");
    assertThat(a.status().unavailableNodes()).isEmpty();
  }

  @Test
  void connect_besidesAFile_bothCount() throws IOException {
    write("b:7001\n");
    CetsNode a = start("a");
    cluster.start("b");
    cluster.start("c");

    cluster.connect("a", "c");
    a.awaitReady(Duration.ofSeconds(10));

    assertThat(a.status().availableNodes()).containsExactly("a", "b", "c");
    cluster.run(Duration.ofMinutes(1));
    assertThat(a.status().availableNodes()).containsExactly("a", "b", "c");
  }

  @Test
  void connect_withoutDiscovery_isNotWhatDiscoveryTold() {
    CetsNode a = cluster.start("a");
    cluster.start("b");

    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");

    assertThat(a.status().discoveredNodes()).isEmpty();
  }
}
