package dev.cets.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.netty.NettyTransport;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Real nodes over real sockets that know each other from a real database only. */
@Timeout(120)
@ResourceLock("the PostgreSQL server")
class ThreeNodesOverPostgresTest {
  private record Session(String id, String user) {}

  private static final SetSpec<String, Session> SESSIONS =
      TableSpec.set("sessions", String.class, Session.class, Session::id);

  /** The database is asked every second. */
  private static final Duration EXPIRE_AFTER = Duration.ofSeconds(4);

  private final Postgres postgres = Postgres.shared();
  private final Nodes rows = new Nodes(postgres);
  private final List<CetsNode> nodes = new ArrayList<>();
  private final List<SetTable<String, Session>> tables = new ArrayList<>();
  private boolean stopped;

  @AfterEach
  void end() throws SQLException {
    if (stopped) {
      postgres.start();
    }
    nodes.forEach(CetsNode::close);
    rows.close();
  }

  private void start(String... names) {
    for (String name : names) {
      CetsNode node =
          CetsNode.builder(name)
              .cluster("chat")
              .transport(NettyTransport.builder().port(0).build())
              .discovery(rows.builder().createTableIfMissing().expireAfter(EXPIRE_AFTER).build())
              .start();
      nodes.add(node);
      tables.add(node.open(SESSIONS));
    }
  }

  private void await(String what, Predicate<CetsNode> condition) {
    Waiting.until(what, () -> nodes.stream().allMatch(condition));
  }

  @Test
  void nodes_overADatabaseThatStopsAndStarts_findEachOtherAndGoOn() {
    start("a", "b", "c");
    await("all have joined", node -> node.status().joinedNodes().equals(List.of("a", "b", "c")));
    assertThat(nodes)
        .extracting(node -> node.number().orElse(0))
        .containsExactlyInAnyOrder(1, 2, 3);

    await("all are discovered", node -> node.status().discoveredNodes().size() == 2);
    postgres.stop();
    stopped = true;
    await("the reason is told", node -> node.status().reasons().toString().contains("refused"));
    for (CetsNode node : nodes) {
      assertThat(node.status().discoveryWorks()).isFalse();
      assertThat(node.status().discoveredNodes()).hasSize(2);
      assertThat(node.status().reasons())
          .singleElement()
          .asString()
          .startsWith("discovery by jdbc:postgresql://127.0.0.1:");
    }
    await("registrations have lapsed", node -> node.number().isEmpty());
    assertThat(tables.getFirst().insert(new Session("s1", "alice")).appliedBy())
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(tables.getLast().lookup("s1")).isEqualTo(new Session("s1", "alice"));
    await("none is lost", node -> node.status().availableNodes().size() == 3);

    postgres.start();
    stopped = false;
    await("discovery works", node -> node.status().discoveryWorks());
    await("numbers are back", node -> node.number().isPresent());
    assertThat(nodes)
        .extracting(node -> node.number().orElse(0))
        .containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void close_oneOfThree_othersDoNotSeekItAnyMore() {
    start("a", "b", "c");
    await("all are discovered", node -> node.status().discoveredNodes().size() == 2);

    nodes.removeLast().close();

    await("c is forgotten", node -> node.status().discoveredNodes().size() == 1);
    assertThat(nodes.getFirst().status().discoveredNodes()).containsExactly("b");
    assertThat(nodes.getFirst().status().unavailableNodes()).isEmpty();
    assertThat(nodes.getFirst().status().reasons()).isEmpty();
  }
}
