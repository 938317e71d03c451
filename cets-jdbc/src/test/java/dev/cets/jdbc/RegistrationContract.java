package dev.cets.jdbc;

import static dev.cets.jdbc.Nodes.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is on record, where, and in which cluster. */
abstract class RegistrationContract extends TableContract {
  // ---- registration

  @Test
  void discover_firstNode_hasNumberOneAndSeesNobody() throws IOException {
    JdbcDiscovery a = nodes().node("a");
    assertThat(a.number()).isEmpty();

    assertThat(a.discover()).isEmpty();

    assertThat(a.number()).hasValue(1);
  }

  @Test
  void discover_severalNodes_eachSeesTheOthers() throws IOException {
    JdbcDiscovery a = nodes().node("a");
    JdbcDiscovery b = nodes().node("b");
    JdbcDiscovery c = nodes().node("c");
    a.discover();
    b.discover();

    assertThat(c.discover()).containsExactly(address("a"), address("b"));
    assertThat(a.discover()).containsExactly(address("b"), address("c"));
    assertThat(List.of(a.number(), b.number(), c.number()))
        .extracting(number -> number.orElse(0))
        .containsExactly(1, 2, 3);
  }

  @Test
  void discover_numberBetweenOthersIsFree_isTaken() throws IOException, SQLException {
    nodes().insert("x", 1, "'x:1'");
    nodes().insert("y", 2, "'y:1'");
    nodes().insert("z", 4, "'z:1'");
    JdbcDiscovery a = nodes().node("a");

    a.discover();

    assertThat(a.number()).hasValue(3);
  }

  /** They create the table together, too. */
  @Test
  void discover_twentyAtOnce_haveOneToTwenty() throws Exception {
    nodes().close();
    List<JdbcDiscovery> all =
        IntStream.range(0, 20)
            .mapToObj(i -> nodes().node("n" + i, JdbcDiscovery.Builder::createTableIfMissing))
            .toList();
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Set<NodeAddress>>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
      for (JdbcDiscovery node : all) {
        answers.add(
            threads.submit(
                () -> {
                  go.await();
                  return node.discover();
                }));
      }
      go.countDown();
    }

    for (Future<Set<NodeAddress>> answer : answers) {
      assertThat(answer.get(1, TimeUnit.SECONDS)).doesNotHaveDuplicates();
    }
    assertThat(all)
        .extracting(node -> node.number().orElse(0))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    assertThat(all.getFirst().discover()).hasSize(19);
  }

  @Test
  void discover_addressIsAnotherNow_othersSeeTheNewOne() throws IOException {
    nodes().node("a").discover();
    NodeAddress elsewhere = new NodeAddress("::1", 7801);

    JdbcDiscovery moved = Nodes.started(nodes().builder(), "a", "chat", 1, elsewhere);
    moved.discover();

    assertThat(nodes().node("b").discover()).containsExactly(elsewhere);
    assertThat(moved.number()).hasValue(1);
  }

  @Test
  void discover_namesDifferInCaseOnly_areTwoNodes() throws IOException {
    JdbcDiscovery small = nodes().node("a");
    JdbcDiscovery large = nodes().node("A");

    small.discover();

    assertThat(large.discover()).containsExactly(address("a"));
    assertThat(large.number()).hasValue(2);
  }

  @Test
  void discover_rowWasRemovedByHand_isMadeAgainWithItsNumber() throws IOException, SQLException {
    nodes().insert("x", 1, "'x:1'");
    JdbcDiscovery a = nodes().node("a");
    a.discover();

    nodes().execute("DELETE FROM " + nodes().table());
    a.discover();

    assertThat(a.number()).hasValue(2);
    assertThat(nodes().column("node_number", "a")).isEqualTo("2");
  }

  // ---- clusters

  @Test
  void discover_nodeOfAnotherCluster_isNotSeen() throws IOException {
    nodes().node("a", "chat", 1).discover();
    JdbcDiscovery b = nodes().node("b", "games", 1);

    assertThat(b.discover()).isEmpty();

    assertThat(b.number()).hasValue(1);
  }

  @Test
  void discover_nodeThatSpeaksAnotherVersion_isNotSeen() throws IOException, SQLException {
    nodes().node("a", "chat", 1).discover();
    JdbcDiscovery b = nodes().node("b", "chat", 2);

    assertThat(b.discover()).isEmpty();

    assertThat(b.number()).hasValue(1);
    assertThat(nodes().column("cluster_name", "b")).isEqualTo("chat/2");
  }

  @Test
  void discover_clusterChanges_nodeLeavesTheFormerOne() throws IOException, SQLException {
    nodes().node("a", "chat", 1).discover();
    nodes().node("b", "chat", 1).discover();
    nodes().node("c", "games", 1).discover();

    JdbcDiscovery moved = nodes().node("b", "games", 1);

    assertThat(moved.discover()).containsExactly(address("c"));
    assertThat(moved.number()).hasValue(2);
    assertThat(nodes().node("a", "chat", 1).discover()).isEmpty();
    assertThat(nodes().column("cluster_name", "b")).isEqualTo("games/1");
  }

  // ---- rows that others wrote

  @ParameterizedTest
  @ValueSource(strings = {"NULL", "''", "'  '"})
  void discover_rowWithoutAddress_isLookedForByItsName(String none)
      throws IOException, SQLException {
    nodes().insert("host-b", 1, none);
    nodes().insert("mongooseim@host-c", 2, none);
    nodes().insert("host-d:7801", 3, none);

    assertThat(nodes().node("a").discover())
        .containsExactly(
            new NodeAddress("host-b", 7800),
            new NodeAddress("host-c", 7800),
            new NodeAddress("host-d", 7801));
  }

  @Test
  void discover_rowWithWhatIsNoAddress_othersAreUsed() throws IOException, SQLException {
    nodes().insert("b", 1, "'nonsense'");
    nodes().insert("c", 2, "'c.test:7800'");
    nodes().insert("::", 3, "NULL");

    assertThat(nodes().node("a").discover()).containsExactly(address("c"));
  }

  @Test
  void discover_moreNodesThanAnAnswerMayHave_isRefused() throws IOException, SQLException {
    int most = Discovery.MAX_ADDRESSES;
    nodes().insertMany("n", 1, most);
    assertThat(nodes().node("a").discover()).hasSize(most);

    nodes().insert("one-more", most + 2, "NULL");

    assertThatThrownBy(nodes().node("a")::discover)
        .isInstanceOf(IOException.class)
        .hasMessage("1001 other nodes of cluster chat/1 are on record; at most 1000 are allowed");
  }
}
