package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** My session service under a split: what docs/testing.md and the test kit's javadoc show. */
class SessionServiceUnderSplitExampleTest {
  record Session(String user, String device) {}

  /** What is to be tested. */
  static final class SessionService {
    private final SetTable<String, Session> sessions;

    SessionService(CetsNode node) {
      sessions = node.open(TableSpec.set("sessions", String.class, Session.class, Session::user));
    }

    void login(String user, String device) {
      sessions.insert(new Session(user, device));
    }

    List<String> online() {
      return sessions.stream().map(Session::user).toList();
    }
  }

  private final SimulatedCluster cluster = new SimulatedCluster(42);

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void split_sessionsOfTheOtherSide_areHiddenAndComeBack() {
    cluster.startAll("paris", "oslo");
    SessionService atParis = new SessionService(cluster.node("paris"));
    SessionService atOslo = new SessionService(cluster.node("oslo"));
    cluster.awaitJoined();
    atParis.login("alice", "phone");
    atOslo.login("bob", "laptop");
    assertThat(atParis.online()).containsOnly("alice", "bob");

    cluster.isolate("paris");
    cluster.run(Duration.ofSeconds(10)); // a node that is silent for 8 s is down
    atParis.login("carol", "phone");
    assertThat(atParis.online()).containsOnly("alice", "carol");
    assertThat(atOslo.online()).containsOnly("bob");

    cluster.heal();
    cluster.awaitEqual();
    assertThat(atOslo.online()).containsOnly("alice", "bob", "carol");
  }

  @Test
  void crash_sessionsOfTheDeadNode_areGoneAndTheRestartedNodeIsFilled() {
    cluster.startAll("paris", "oslo");
    SessionService atParis = new SessionService(cluster.node("paris"));
    SessionService atOslo = new SessionService(cluster.node("oslo"));
    cluster.awaitJoined();
    atParis.login("alice", "phone");
    atOslo.login("bob", "laptop");

    cluster.crash("oslo");
    cluster.awaitDown("paris", "oslo");
    assertThat(atParis.online()).containsOnly("alice");

    SessionService again = new SessionService(cluster.restart("oslo"));
    cluster.awaitEqual();
    assertThat(again.online()).containsOnly("alice");
  }
}
