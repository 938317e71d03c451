package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsNode;
import dev.cets.NodeState;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a back end that puts its node on record is told, and what it may tell. */
class DiscoveryOfANodeTest {
  private final SimulatedCluster cluster = new SimulatedCluster(6);

  @AfterEach
  void end() {
    cluster.close();
  }

  /** Writes down what it is told; lets no second node in. */
  private static final class Register implements Discovery {
    private final List<String> told = new ArrayList<>();
    private OptionalInt number = OptionalInt.empty();

    @Override
    public void started(Self self) {
      if (!told.isEmpty()) {
        throw new IllegalStateException("it serves another node");
      }
      told.add(self.toString());
    }

    @Override
    public Set<NodeAddress> discover() {
      told.add("asked");
      number = OptionalInt.of(3);
      return Set.of();
    }

    @Override
    public void stopped() {
      told.add("stopped");
    }

    @Override
    public OptionalInt number() {
      return number;
    }
  }

  private CetsNode start(String name, Discovery discovery) {
    return cluster.start(name, settings -> settings.cluster("chat").discovery(discovery));
  }

  @Test
  void start_backEnd_isToldWhoAsksBeforeTheFirstQuestion() {
    Register register = new Register();

    start("a", register);
    assertThat(register.told)
        .containsExactly("Self[name=a, cluster=chat, wireVersion=1, address=a:7001]");
    cluster.run(Duration.ofSeconds(1));

    assertThat(register.told).hasSize(2).endsWith("asked");
  }

  @Test
  void start_backEndOfAnotherNode_doesNotStartAndLeavesItsAddressFree() {
    Register register = new Register();
    start("a", register);

    assertThatThrownBy(() -> start("b", register)).isInstanceOf(IllegalStateException.class);

    assertThat(cluster.network().at(new NodeAddress("b", 7001))).isNull();
  }

  @Test
  void close_backEnd_isToldOnceAndNotAskedAgain() {
    Register register = new Register();
    CetsNode a = start("a", register);
    cluster.run(Duration.ofSeconds(1));

    a.close();
    a.close();
    cluster.run(Duration.ofMinutes(20));

    assertThat(register.told).hasSize(3).endsWith("asked", "stopped");
  }

  @Test
  void kill_backEnd_isNotTold() {
    Register register = new Register();
    start("a", register);
    cluster.run(Duration.ofSeconds(1));

    cluster.kill("a");
    cluster.run(Duration.ofMinutes(20));

    assertThat(register.told).doesNotContain("stopped");
  }

  /** The record is the newer run's by then. */
  @Test
  void close_nodeThatWasReplaced_backEndIsNotTold() {
    Register register = new Register();
    CetsNode old = cluster.start("a", settings -> settings.discovery(register));
    cluster.join("a", "b");
    cluster.split("a", "b");
    cluster.start("a");
    cluster.join("a", "b");
    cluster.network().heal(address(old), address(cluster.node("b")));
    cluster.await(() -> old.status().state() == NodeState.REPLACED);

    old.close();
    cluster.run(Duration.ofSeconds(1));

    assertThat(register.told).contains("asked").doesNotContain("stopped");
  }

  private static NodeAddress address(CetsNode node) {
    return Objects.requireNonNull(node.address());
  }

  @Test
  void number_untilTheBackEndHasGivenOne_isAbsent() {
    CetsNode a = start("a", new Register());
    assertThat(a.number()).isEmpty();

    cluster.run(Duration.ofSeconds(1));

    assertThat(a.number()).hasValue(3);
  }

  @Test
  void number_backEndsWithout_isAbsentOrThatOfAnother() {
    CetsNode a = cluster.start("a", settings -> settings.discovery(Set::of));
    CetsNode b =
        cluster.start("b", settings -> settings.discovery(Set::of).discovery(new Register()));
    cluster.run(Duration.ofSeconds(1));

    assertThat(a.number()).isEmpty();
    assertThat(b.number()).hasValue(3);
  }
}
