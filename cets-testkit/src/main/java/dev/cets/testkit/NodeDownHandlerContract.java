package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.NodeDown;
import dev.cets.NodeStatus;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableInfo;
import dev.cets.TableSpec;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Handlers that are told of lost nodes, over any engine. They run when the test lets them. */
public abstract class NodeDownHandlerContract extends ClusterContract {
  private static final SetSpec<String, Session> ROOMS =
      TableSpec.set("rooms", String.class, Session.class, Session::id);

  private final Queue<Runnable> callbacks = new ConcurrentLinkedQueue<>();
  private final Queue<NodeDown> told = new ConcurrentLinkedQueue<>();

  /** Made by subclasses only. */
  protected NodeDownHandlerContract() {}

  private void runCallbacks() {
    for (Runnable task = callbacks.poll(); task != null; task = callbacks.poll()) {
      task.run();
    }
  }

  /** Starts a, whose handlers are told of lost nodes, and joins its rooms with b's. */
  private SetTable<String, Session> rooms(SetSpec<String, Session> atA) {
    cluster.start("a", settings -> settings.callbackExecutor(callbacks::add));
    SetTable<String, Session> rooms = cluster.node("a").open(atA);
    cluster.start("b").open(ROOMS);
    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");
    cluster.await(() -> rooms.status().links().containsValue("joined"));
    return rooms;
  }

  private void killB() {
    cluster.kill("b");
    cluster.awaitDown("a", "b");
  }

  @Test
  void kill_linkedNode_handlerIsToldOnceOfNodeTableAndLead() {
    SetTable<String, Session> rooms = rooms(ROOMS.onNodeDown(told::add));

    killB();
    runCallbacks();

    assertThat(told).containsExactly(new NodeDown("b", "rooms", true));
    assertThat(rooms.leader()).isEqualTo("a");
  }

  @Test
  void close_linkedNode_handlerIsToldToo() {
    rooms(ROOMS.onNodeDown(told::add));

    cluster.leave("b");
    cluster.awaitDown("a", "b");
    runCallbacks();

    assertThat(told).extracting(NodeDown::node).containsExactly("b");
  }

  @Test
  void kill_newerNodeOfThree_onlyTheOldestLeads() {
    for (String node : List.of("a", "b", "c")) {
      cluster.start(node, settings -> settings.onNodeDown(told::add));
    }
    cluster.join("a", "b", "c");
    cluster.await(() -> sessions("b").leader().equals(sessions("a").leader()));

    cluster.kill("c");
    cluster.await(() -> told.size() == 2);

    assertThat(told).extracting(NodeDown::leads).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void kill_nodeWithTwoTables_handlerOfTheNodeIsToldOfEach() {
    cluster.start("a", settings -> settings.onNodeDown(told::add));
    SetTable<String, Session> rooms = cluster.node("a").open(ROOMS);
    cluster.start("b").open(ROOMS);
    cluster.join("a", "b");
    cluster.await(() -> rooms.status().links().containsValue("joined"));

    killB();
    cluster.await(() -> told.size() >= 2);

    assertThat(told).extracting(NodeDown::table).containsExactlyInAnyOrder("rooms", "sessions");
  }

  @Test
  void kill_nodeWithoutTheTable_isNoLossForIt() {
    cluster.start("a", settings -> settings.callbackExecutor(callbacks::add));
    cluster.node("a").open(ROOMS.onNodeDown(told::add));
    cluster.join("a", "b");

    killB();
    runCallbacks();

    assertThat(told).isEmpty();
  }

  /** Of another cluster: it is met, and never accepted. */
  @Test
  void kill_nodeThatWasNeverUp_isNoLoss() {
    SetTable<String, Session> rooms = rooms(ROOMS.onNodeDown(told::add));
    cluster.start("stranger", settings -> settings.cluster("another")).open(ROOMS);
    cluster.connect("a", "stranger");
    cluster.await(
        () ->
            cluster.node("a").status().reasons().stream()
                .anyMatch(reason -> reason.contains("node stranger is refused")));

    cluster.kill("stranger");
    cluster.await(
        () ->
            cluster.node("a").status().reasons().stream()
                .anyMatch(reason -> reason.contains("cannot be reached")));
    runCallbacks();

    assertThat(told).isEmpty();
    assertThat(rooms.info().nodesDown()).isEmpty();
    assertThat(rooms.info().nodes()).containsExactly("a", "b");
  }

  /** The engine's failed attempt is told when the pair is connected over another one by then. */
  @Test
  void unreachable_toldLateOfANodeThatIsUp_isIgnored() {
    SetTable<String, Session> rooms = rooms(ROOMS.onNodeDown(told::add));
    NodeAddress b = Objects.requireNonNull(cluster.node("b").address());

    cluster.transport("a").tellUnreachable(b, "connection refused");
    rooms.pingAll(Duration.ofSeconds(5));
    runCallbacks();

    NodeStatus status = cluster.node("a").status();
    assertThat(status.availableNodes()).containsExactly("a", "b");
    assertThat(status.joinedNodes()).containsExactly("a", "b");
    assertThat(status.unavailableNodes()).isEmpty();
    assertThat(status.reasons()).isEmpty();
    assertThat(rooms.insert(ALICE).appliedBy()).containsExactlyInAnyOrder("a", "b");
    assertThat(told).isEmpty();
  }

  @Test
  void handler_writesToTheTable_isApplied() {
    AtomicReference<SetTable<String, Session>> table = new AtomicReference<>();
    table.set(
        rooms(ROOMS.onNodeDown(down -> table.get().insert(new Session("lost", down.node())))));

    killB();
    runCallbacks();

    assertThat(table.get().lookup("lost")).isEqualTo(new Session("lost", "b"));
  }

  @Test
  void handler_throws_othersAreToldAndTheNodeIsLinkedAgain() {
    SetTable<String, Session> rooms =
        rooms(
            ROOMS
                .onNodeDown(
                    down -> {
                      throw new IllegalStateException("it fails");
                    })
                .onNodeDown(told::add));

    killB();
    runCallbacks();
    cluster.start("b").open(ROOMS).insert(ALICE);
    cluster.connect("a", "b");

    cluster.await(() -> rooms.size() == 1);
    assertThat(told).hasSize(1);
  }

  @Test
  void kill_executorRejectsTheHandler_itIsToldElsewhereAndTheNodeIsLinkedAgain() {
    cluster.start("a", settings -> settings.callbackExecutor(new FullExecutor()));
    SetTable<String, Session> rooms = cluster.node("a").open(ROOMS.onNodeDown(told::add));
    cluster.start("b").open(ROOMS);
    cluster.connect("a", "b");
    cluster.await(() -> rooms.status().links().containsValue("joined"));

    killB();
    cluster.await(() -> !told.isEmpty());
    cluster.start("b").open(ROOMS).insert(ALICE);
    cluster.connect("a", "b");

    cluster.await(() -> rooms.size() == 1);
    assertThat(told).extracting(NodeDown::node).containsExactly("b");
  }

  /** Has no room for anything. */
  private static final class FullExecutor implements Executor {
    @Override
    public void execute(Runnable task) {
      throw new RejectedExecutionException("full");
    }
  }

  @Test
  void restart_handlersUnderWay_nodeIsLinkedWhenAllAreDone() {
    SetTable<String, Session> rooms = rooms(ROOMS.onNodeDown(told::add).onNodeDown(told::add));
    killB();
    cluster.start("b").open(ROOMS).insert(ALICE);
    cluster.connect("a", "b");
    cluster.await(() -> "waits for node-down handlers".equals(rooms.status().links().get("b")));
    assertThat(cluster.node("a").status().joinedNodes()).containsExactly("a");

    callbacks.remove().run();
    rooms.pingAll(Duration.ofSeconds(5));
    assertThat(rooms.status().links()).containsEntry("b", "waits for node-down handlers");
    assertThat(rooms.size()).isZero();

    runCallbacks();
    cluster.await(() -> rooms.size() == 1);
    assertThat(told).hasSize(2);
  }

  @Test
  void restart_handlersNeverDone_nodeIsLinkedAfterTheBound() {
    cluster.start(
        "a",
        settings ->
            settings.callbackExecutor(callbacks::add).nodeDownHandlerLimit(Duration.ofMillis(500)));
    SetTable<String, Session> rooms = cluster.node("a").open(ROOMS.onNodeDown(told::add));
    cluster.start("b").open(ROOMS);
    cluster.connect("a", "b");
    cluster.await(() -> rooms.status().links().containsValue("joined"));
    killB();

    cluster.start("b").open(ROOMS).insert(ALICE);
    cluster.connect("a", "b");

    cluster.await(() -> rooms.size() == 1);
    assertThat(told).isEmpty();
  }

  // ---- info

  @Test
  void info_nodesCameAndWent_tellsThemAndWhoHolds() {
    SetTable<String, Session> rooms = rooms(ROOMS.grace(Duration.ofSeconds(7)));
    assertThat(rooms.info().nodes()).containsExactly("a", "b");

    killB();
    rooms.pause(Duration.ofMinutes(1));
    var unused = rooms.insertAsync(ALICE);

    TableInfo info = rooms.info();
    assertThat(info.nodes()).containsExactly("a");
    assertThat(info.nodesDown()).extracting(TableInfo.Loss::node).containsExactly("b");
    assertThat(info.grace()).isEqualTo(Duration.ofSeconds(7));
    assertThat(info.pauseHolders()).singleElement().asString().startsWith("a/");
    assertThat(info.pausedWrites()).isOne();
    assertThat(info.status().leader()).isEqualTo("a");
  }
}
