package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.spi.NodeAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** My session service under a split. */
class SessionServiceUnderSplitExampleTest {
  record Session(String user, String device) {}

  private final SimulatedNetwork network = new SimulatedNetwork(42);
  private final NodeAddress paris = new NodeAddress("paris", 7001);
  private final NodeAddress oslo = new NodeAddress("oslo", 7001);

  private SetTable<String, Session> serviceAt(NodeAddress here, NodeAddress there) {
    CetsNode node = CetsNode.builder(here.host()).transport(network.transport(here)).start();
    node.connect(there);
    return node.open(TableSpec.set("sessions", String.class, Session.class, Session::user));
  }

  @Test
  void split_sessionsOfTheOtherSide_areHiddenAndComeBack() {
    SetTable<String, Session> atParis = serviceAt(paris, oslo);
    SetTable<String, Session> atOslo = serviceAt(oslo, paris);
    network.run(Duration.ofSeconds(1));
    atParis.insert(new Session("alice", "phone"));
    atOslo.insert(new Session("bob", "laptop"));
    assertThat(atParis.size()).isEqualTo(2);

    network.cut(paris, oslo);
    network.run(Duration.ofSeconds(10)); // a node that is silent for 8 s is down
    atParis.insert(new Session("carol", "phone"));
    assertThat(atParis.dump()).extracting(Session::user).containsOnly("alice", "carol");
    assertThat(atOslo.dump()).extracting(Session::user).containsOnly("bob");

    network.heal(paris, oslo);
    network.run(Duration.ofSeconds(5));
    assertThat(atOslo.dump()).hasSize(3).hasSameElementsAs(atParis.dump());
  }
}
