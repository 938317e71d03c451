package dev.cets.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.NotAppliedException;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.UnknownOutcomeException;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ClusterHarness.Session;
import dev.cets.testkit.SimulatedCluster;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CetsMetersTest {
  private final SimulatedCluster cluster = new SimulatedCluster(7);
  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private CetsMeters meters;
  private SetTable<String, Session> table;

  @BeforeEach
  void join() {
    cluster.start("a", builder -> builder.maxRecordBytes(1000));
    cluster.join("a", "b");
    table = cluster.sessions("a");
    meters = new CetsMeters(cluster.node("a"), Tags.of("zone", "north"));
    meters.bindTo(registry);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void lookAgain() {
    clock.add(1, TimeUnit.SECONDS);
    meters.refresh();
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).functionCounter().count();
  }

  private Timer writes(String operation, String result) {
    return registry
        .get("cets.writes")
        .tags("table", "sessions", "operation", operation, "result", result)
        .timer();
  }

  @Test
  void bindTo_joinedNodes_tellsTheNodeItsTablesAndLinks() {
    table.insert(new Session("1", "alice"));
    lookAgain();

    assertThat(gauge("cets.node.up")).isEqualTo(1);
    assertThat(gauge("cets.available.nodes")).isEqualTo(2);
    assertThat(gauge("cets.joined.nodes", "zone", "north", "node", "a", "cluster", "cets"))
        .isEqualTo(2);
    assertThat(gauge("cets.discovery.works")).isEqualTo(1);
    assertThat(gauge("cets.remote.missing.tables")).isZero();
    assertThat(gauge("cets.peer.up", "peer", "b")).isEqualTo(1);
    assertThat(gauge("cets.table.records", "table", "sessions")).isEqualTo(1);
    assertThat(gauge("cets.table.leads")).isEqualTo(leads() ? 1 : 0);
    assertThat(gauge("cets.table.links", "state", "joined")).isEqualTo(1);
    assertThat(gauge("cets.table.links", "state", "none")).isZero();
    assertThat(gauge("cets.link.joined", "table", "sessions", "peer", "b")).isEqualTo(1);
    assertThat(count("cets.table.transfers")).isPositive();
  }

  private boolean leads() {
    return table.leader().equals("a");
  }

  @Test
  void writes_endedInEachWay_areTimedWithTheirResult() {
    table.insert(new Session("1", "alice"));
    table.insert(new Session("2", "bob"));
    table.insertNew(new Session("1", "carol"));
    assertThatThrownBy(() -> table.insert(new Session("3", "x".repeat(1001))))
        .isInstanceOf(NotAppliedException.class);
    cluster.cut("a", "b");
    SetTable<String, Session> hasty = table.withDeadline(Duration.ofMillis(500));
    assertThatThrownBy(() -> hasty.delete("2")).isInstanceOf(UnknownOutcomeException.class);
    lookAgain();

    assertThat(writes("insert", "applied").count()).isEqualTo(2);
    assertThat(writes("insert", "applied").totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(writes("insert_new", "present").count()).isEqualTo(1);
    assertThat(writes("insert", "not_applied").count()).isEqualTo(1);
    assertThat(writes("delete", "unknown").count()).isEqualTo(1);
    assertThat(writes("delete", "unknown").max(TimeUnit.MILLISECONDS)).isBetween(500.0, 700.0);
    assertThat(registry.get("cets.link.unanswered.writes").tags("peer", "b").counter().count())
        .isEqualTo(1);
    assertThat(gauge("cets.table.unacknowledged.writes")).isEqualTo(1);
    assertThat(gauge("cets.table.unacknowledged")).isPositive();
    assertThat(gauge("cets.link.unacknowledged", "peer", "b")).isPositive();
  }

  @Test
  void gauges_readAgain_lookAtTheNodeOnceASecond() {
    table.insert(new Session("1", "alice"));
    clock.add(999, TimeUnit.MILLISECONDS);
    assertThat(gauge("cets.table.records")).isZero();
    clock.add(1, TimeUnit.MILLISECONDS);
    assertThat(gauge("cets.table.records")).isEqualTo(1);
    table.insert(new Session("2", "bob"));
    assertThat(gauge("cets.table.records")).isEqualTo(1);
  }

  @Test
  void peer_lostAndBack_movesGaugesAndCounters() {
    table.insert(new Session("1", "alice"));
    cluster.sessions("b").insert(new Session("2", "bob"));
    double transfers = count("cets.table.transfers");
    cluster.split("a", "b");
    lookAgain();

    assertThat(gauge("cets.peer.up", "peer", "b")).isZero();
    assertThat(gauge("cets.table.hidden.records")).isEqualTo(1);
    assertThat(count("cets.nodes.down")).isEqualTo(1);
    assertThat(registry.find("cets.link.joined").gauge()).isNull();

    table.insert(new Session("3", "carol"));
    cluster.sessions("b").insert(new Session("3", "carol too"));
    cluster.heal();
    cluster.awaitEqual();
    cluster.run(Duration.ofSeconds(1)); // a conflict is told when no transfer may explain it
    lookAgain();

    assertThat(gauge("cets.link.joined", "peer", "b")).isEqualTo(1);
    assertThat(gauge("cets.table.hidden.records")).isZero();
    assertThat(count("cets.table.transfers")).isGreaterThan(transfers);
    assertThat(count("cets.table.transferred.records")).isPositive();
    assertThat(count("cets.table.transferred")).isPositive();
    assertThat(count("cets.table.conflicts")).isEqualTo(1);
  }

  @Test
  void frames_damagedLostAndLate_areCounted() {
    NodeAddress a = Objects.requireNonNull(cluster.node("a").address());
    NodeAddress b = Objects.requireNonNull(cluster.node("b").address());
    cluster.network().damage(b, a, 1);
    cluster.sessions("b").insert(new Session("1", "alice"));
    lookAgain();

    assertThat(count("cets.refused.frames")).isEqualTo(1);
    assertThat(count("cets.table.links.again")).isEqualTo(1);
    assertThat(count("cets.late.frames")).isZero();

    cluster.delay("b", "a", Duration.ofMillis(200));
    var write = cluster.sessions("b").insertAsync(new Session("2", "bob"));
    cluster.run(Duration.ofMillis(20));
    table.close();
    cluster.await(write::isDone);
    cluster.run(Duration.ofSeconds(1));
    lookAgain();

    assertThat(count("cets.late.frames")).isPositive();
    assertThat(count("cets.refused.frames")).isEqualTo(1);
    assertThat(count("cets.defects")).isZero();
  }

  @Test
  void comparison_ofEqualTables_isCounted() {
    assertThat(gauge("cets.link.compared.age")).isNotNegative();
    cluster.run(Duration.ofMinutes(3));
    lookAgain();
    assertThat(count("cets.table.comparisons")).isPositive();
    assertThat(count("cets.table.differences")).isZero();
    assertThat(count("cets.table.mended")).isZero();
  }

  @Test
  void table_openedAndClosedLater_hasMetersWhileItIsOpen() {
    SetTable<String, Session> later =
        cluster.node("a").open(TableSpec.set("later", String.class, Session.class, Session::id));
    later.insert(new Session("1", "alice"));
    lookAgain();
    assertThat(gauge("cets.table.records", "table", "later")).isEqualTo(1);
    assertThat(registry.find("cets.writes").tags("table", "later").timer()).isNotNull();

    later.close();
    lookAgain();
    assertThat(registry.find("cets.table.records").tags("table", "later").gauge()).isNull();
    assertThat(registry.find("cets.writes").tags("table", "later").timer()).isNull();
    assertThat(gauge("cets.table.records", "table", "sessions")).isZero();
  }

  @Test
  void node_closed_gaugesAreNotANumberAndCountersStand() {
    double transfers = count("cets.table.transfers");
    cluster.node("a").close();
    clock.add(1, TimeUnit.SECONDS);

    for (Meter meter : registry.getMeters()) {
      if (meter instanceof Gauge gauge && !meter.getId().getName().equals("cets.node.up")) {
        assertThat(gauge.value()).as(meter.getId().getName()).isNaN();
      }
    }
    assertThat(gauge("cets.node.up")).isZero();
    assertThat(count("cets.table.transfers")).isEqualTo(transfers);
  }

  @Test
  void close_bound_unregistersAllForGood() {
    table.insert(new Session("1", "alice"));
    meters.close();
    meters.close();
    table.insert(new Session("2", "bob"));
    lookAgain();
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void bindTo_closedNode_failsAndRegistersNothing() {
    CetsNode b = cluster.node("b");
    b.close();
    SimpleMeterRegistry other = new SimpleMeterRegistry();
    CetsMeters ofB = new CetsMeters(b);
    assertThatThrownBy(() -> ofB.bindTo(other)).isInstanceOf(CetsException.class);
    assertThat(other.getMeters()).isEmpty();
    ofB.close();
  }

  @Test
  void counters_ofTheNode_areAllThere() {
    for (Figure<?> figure : Figures.NODE_COUNTERS) {
      FunctionCounter counter = registry.get(figure.name()).functionCounter();
      assertThat(counter.count()).as(figure.name()).isNotNegative();
    }
  }
}
