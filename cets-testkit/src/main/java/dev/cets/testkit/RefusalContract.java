package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsNode;
import dev.cets.NodeState;
import dev.cets.NodeStatus;
import dev.cets.NotReadyException;
import dev.cets.Ownership;
import dev.cets.Receipt;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.spi.Codec;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ClusterHarness.Session;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Nodes and tables that do not fit each other: told on both, and harmless, over any engine. */
public abstract class RefusalContract extends ClusterContract {
  private static final List<String> BOTH = List.of("a", "b");
  private static final byte WIRE_VERSION = 1;
  private static final int UNKNOWN_KIND = 200;
  private static final Duration SOON = Duration.ofSeconds(20);

  /** What a session was before, or becomes: one component more. */
  public record SessionWithNote(String id, String user, String note) {}

  /** A session whose component of the same name is something else. */
  public record SessionWithNumber(String id, int user) {}

  private static final SetSpec<String, Session> KEPT =
      TableSpec.set("rooms", String.class, Session.class, Session::id).ownership(Ownership.KEEP);

  /** Made by subclasses only. */
  protected RefusalContract() {}

  private static NodeAddress address(CetsNode node) {
    return Objects.requireNonNull(node.address());
  }

  private void awaitTold(CetsNode node, String reason) {
    cluster.await(() -> node.status().reasons().stream().anyMatch(told -> told.contains(reason)));
  }

  // ---- tables that differ

  @Test
  void status_differentTables_listsUnknownAndMissing() {
    cluster.join("a", "b");
    cluster.node("a").open(KEPT);
    cluster.awaitJoined("a", "b");
    cluster.await(() -> !cluster.node("b").status().remoteUnknownTables().isEmpty());

    NodeStatus a = cluster.node("a").status();
    assertThat(a.remoteMissingTables()).containsExactly("rooms");
    assertThat(a.remoteNodesWithMissingTables()).containsExactly("b");
    NodeStatus b = cluster.node("b").status();
    assertThat(b.remoteUnknownTables()).containsExactly("rooms");
    assertThat(b.remoteNodesWithUnknownTables()).containsExactly("a");
    assertThat(a.conflictTables()).isEmpty();
  }

  @Test
  void open_unknownTableOfAPeer_isNoLongerUnknown() {
    cluster.join("a", "b");
    cluster.node("a").open(KEPT);
    cluster.await(() -> !cluster.node("b").status().remoteUnknownTables().isEmpty());

    cluster.node("b").open(KEPT);
    cluster.await(() -> cluster.node("a").status().remoteMissingTables().isEmpty());

    assertThat(cluster.node("b").status().remoteUnknownTables()).isEmpty();
    assertThat(cluster.node("b").status().remoteNodesWithUnknownTables()).isEmpty();
  }

  @Test
  void close_tableOnAPeer_isNoLongerUnknownThere() {
    cluster.join("a", "b");
    SetTable<String, Session> rooms = cluster.node("a").open(KEPT);
    cluster.await(() -> !cluster.node("b").status().remoteUnknownTables().isEmpty());

    rooms.close();

    cluster.await(() -> cluster.node("b").status().remoteUnknownTables().isEmpty());
  }

  private void assertConflict(SetSpec<?, ?> atB) {
    cluster.start("a");
    sessions("a").insert(ALICE);
    cluster.start("b").open(atB);
    cluster.connect("a", "b");

    for (String name : BOTH) {
      CetsNode node = cluster.node(name);
      cluster.await(() -> node.status().conflictTables().contains("sessions"));
      assertThat(node.status().conflictNodes()).containsExactly(name.equals("a") ? "b" : "a");
      awaitTold(node, "table sessions on");
    }
    assertThat(sessions("a").insert(BOB).appliedBy()).containsExactly("a");
    assertThat(cluster.node("b").tables().getFirst().records()).isZero();
  }

  @Test
  void join_ownershipDiffers_isANamedConflict() {
    assertConflict(ClusterHarness.SESSIONS.ownership(Ownership.KEEP));
  }

  @Test
  void join_keyTypesDiffer_isANamedConflict() {
    assertConflict(
        TableSpec.set("sessions", Long.class, SessionWithNumber.class, s -> (long) s.user()));
  }

  @Test
  void join_majorVersionsOfTheRecordCodecDiffer_isANamedConflict() {
    SetSpec<String, Session> as = ClusterHarness.SESSIONS;
    Codec<Session> next = new NextMajor<>(as.recordCodec());
    assertConflict(TableSpec.set(as.name(), as.keyCodec(), next, Session::id));
  }

  private record NextMajor<T>(Codec<T> codec) implements Codec<T> {
    @Override
    public byte[] encode(T value) {
      return codec.encode(value);
    }

    @Override
    public T decode(ByteBuffer bytes) {
      return codec.decode(bytes);
    }

    @Override
    public String fingerprint() {
      return codec.fingerprint() + "-next";
    }

    @Override
    public boolean canonical() {
      return codec.canonical();
    }
  }

  @Test
  void join_componentOfAnotherType_isAnotherComponent() {
    cluster.start("a");
    sessions("a").insert(ALICE);
    SetTable<String, SessionWithNumber> atB =
        cluster
            .start("b")
            .open(
                TableSpec.set(
                    "sessions", String.class, SessionWithNumber.class, SessionWithNumber::id));
    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");

    assertThat(atB.lookup(ALICE.id())).isEqualTo(new SessionWithNumber(ALICE.id(), 0));
  }

  @Test
  void join_oneComponentMore_isReadableBothWays() {
    SetSpec<String, SessionWithNote> newer =
        TableSpec.set("sessions", String.class, SessionWithNote.class, SessionWithNote::id);
    cluster.start("a");
    sessions("a").insert(ALICE);
    SetTable<String, SessionWithNote> atB = cluster.start("b").open(newer);
    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");

    Receipt receipt = atB.insert(new SessionWithNote("2", "bob", "is new"));

    assertThat(receipt.appliedBy()).containsExactlyInAnyOrder("a", "b");
    assertRecords(List.of("a"), ALICE, BOB);
    assertThat(atB.lookup("1")).extracting("user").isEqualTo("alice");
  }

  // ---- nodes that refuse each other

  @Test
  void connect_anotherCluster_isRefusedOnBothWithTheReason() {
    CetsNode a = cluster.start("a", settings -> settings.cluster("north"));
    CetsNode b = cluster.start("b", settings -> settings.cluster("south"));
    sessions("a").insert(ALICE);

    cluster.connect("a", "b");

    awaitTold(a, "the cluster is south there and north here");
    awaitTold(b, "the cluster is north there and south here");
    assertThat(a.status().availableNodes()).containsExactly("a");
    assertThat(b.status().availableNodes()).containsExactly("b");
    assertThat(sessions("b").size()).isZero();
  }

  @Test
  void connect_oneSideToAnotherCluster_isToldOnBoth() {
    CetsNode a = cluster.start("a", settings -> settings.cluster("north"));
    CetsNode b = cluster.start("b", settings -> settings.cluster("south"));

    a.connect(address(b));

    awaitTold(a, "the cluster is");
    awaitTold(b, "the cluster is");
  }

  @Test
  void awaitReady_refusedPeer_doesNotCount() {
    CetsNode a = cluster.start("a", settings -> settings.cluster("north"));
    CetsNode b = cluster.start("b", settings -> settings.cluster("south"));

    a.connect(address(b));
    awaitTold(a, "the cluster is");

    a.awaitReady(SOON);
  }

  @Test
  void connect_secondNodeOfOneName_isRefusedOnBoth() {
    CetsNode first = cluster.start("a");
    CetsNode second = cluster.start("a");

    first.connect(address(second));
    second.connect(address(first));

    awaitTold(first, "a node of the name a is running already");
    awaitTold(second, "a node of the name a is running already");
    assertThat(List.of(first.status().state(), second.status().state()))
        .containsExactlyInAnyOrder(NodeState.RUNNING, NodeState.NAME_TAKEN);
    assertThat(first.status().availableNodes()).containsExactly("a");
    assertThat(second.status().availableNodes()).containsExactly("a");
  }

  @Test
  void connect_secondNodeOfAPeersName_waitsAndTheFirstGoesOn() {
    cluster.join("a", "b");
    CetsNode first = cluster.node("a");
    CetsNode b = cluster.node("b");
    sessions("a").insert(ALICE);
    CetsNode second = cluster.start("a");

    second.connect(address(b));

    awaitTold(b, "a node of the name a is running already, at " + address(first));
    awaitTold(second, "a node of the name a is running already, at " + address(first));
    assertThat(second.status().state()).isEqualTo(NodeState.NAME_TAKEN);
    assertThatThrownBy(() -> second.awaitReady(Duration.ofMillis(100)))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("no node lets this one in");
    assertThat(sessions("b").dump()).containsExactly(ALICE);
    assertThat(b.status().availableNodes()).isEqualTo(BOTH);
    assertThat(first.status().state()).isEqualTo(NodeState.RUNNING);
  }

  @Test
  void connect_firstNodeOfTheNameEnds_theSecondIsLetIn() {
    cluster.join("a", "b");
    CetsNode first = cluster.node("a");
    CetsNode b = cluster.node("b");
    List<NodeState> told = new CopyOnWriteArrayList<>();
    CetsNode second = cluster.start("a", settings -> settings.onState(told::add));
    second.open(ClusterHarness.SESSIONS);
    second.connect(address(b));
    cluster.await(() -> told.contains(NodeState.NAME_TAKEN));

    first.close();

    second.awaitReady(SOON);
    cluster.await(() -> second.status().joinedNodes().equals(BOTH));
    cluster.await(() -> told.equals(List.of(NodeState.NAME_TAKEN, NodeState.RUNNING)));
    assertThat(second.status().reasons()).isEmpty();
  }

  // ---- frames

  /** A frame that is well formed, of this kind and with nothing in it. */
  private static ByteBuffer frame(int kind) {
    byte[] head = {WIRE_VERSION, (byte) kind};
    CRC32C sum = new CRC32C();
    sum.update(head);
    return ByteBuffer.allocate(6).put(head).putInt((int) sum.getValue()).flip();
  }

  @Test
  void frame_ofAnUnknownKind_isRefusedAndCountedAndHarmsNothing() {
    cluster.join("a", "b");
    TappedTransport atA = cluster.transport("a");
    assertThat(framesRefusedAtA()).isZero();

    atA.tellReceived("b", frame(UNKNOWN_KIND));
    atA.tellReceived("b", frame(UNKNOWN_KIND + 1));

    cluster.await(() -> framesRefusedAtA() == 2);
    assertThat(sessions("a").insert(ALICE).appliedBy()).containsExactlyInAnyOrder("a", "b");
    assertThat(sessions("b").insert(BOB).appliedBy()).containsExactlyInAnyOrder("a", "b");
    assertThat(cluster.node("a").status().joinedNodes()).isEqualTo(BOTH);
    assertThat(framesRefusedAtA()).isEqualTo(2);
  }

  private long framesRefusedAtA() {
    return cluster.node("a").status().counters().refusedFrames();
  }
}
