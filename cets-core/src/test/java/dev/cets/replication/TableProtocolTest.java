package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Net.Node;
import dev.cets.replication.Outcome.Applied;
import dev.cets.spi.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tables that are opened and closed, and the writes to them. */
class TableProtocolTest {
  private final Net net = new Net();

  // ---- tables

  @Test
  void hello_tableNotOpenThere_joinedWhenItIsOpened() {
    Node a = net.node("a").open(false).write("k=1");
    Node b = net.node("b");
    net.join(a, b);
    assertThat(a.linkWith(b)).isEqualTo(Replication.NO_SUCH_TABLE);
    assertThat(a.table().figures().isJoinedWithAll()).isTrue();
    assertThat(b.core.unknownTables()).isEqualTo(Map.of("notes", List.of("a")));

    b.open(false);
    net.run();

    assertThat(b.records()).containsExactly("k=1");
    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
    assertThat(b.core.unknownTables()).isEmpty();
  }

  @Test
  void hello_otherDefinition_mismatchOnBothSides() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(true);
    net.join(a, b);
    net.live(Duration.ofSeconds(30));

    assertThat(Replication.isMismatch(a.linkWith(b))).isTrue();
    assertThat(Replication.isMismatch(b.linkWith(a))).isTrue();
    assertThat(a.told(Event.Mismatch.class)).hasSize(1);
    assertThat(b.told(Event.Mismatch.class)).hasSize(1);
  }

  @Test
  void close_tableOfAPeer_writesNoLongerWaitForIt() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
    a.write("k=1");
    b.core.close("notes");
    net.run();

    a.write("l=2");
    net.run();

    assertThat(a.outcomes).hasSize(2);
    assertThat(a.outcomes.get(1)).isEqualTo(new Applied(Set.of("a"), Set.of(), 1));
    assertThat(a.linkWith(b)).isEqualTo(Replication.NO_SUCH_TABLE);
  }

  @Test
  void close_writesWaitForRoomOnTheirWay_theyAreSentBefore() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
    a.write("k=1").write("l=2").write("m=3").write("n=4"); // two batches are on their way at once

    a.core.close("notes");
    net.run();

    assertThat(b.records()).containsExactly("k=1", "l=2", "m=3", "n=4");
    assertThat(a.outcomes).hasSize(4).allMatch(Outcome.Unknown.class::isInstance);
  }

  // ---- writes

  @Test
  void write_peerLeavesBeforeItAcknowledges_receiptSaysSo() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    Node c = net.node("c").open(false);
    net.join(a, b, c);
    net.loses = delivery -> delivery.to() == b && delivery.frame() != null;
    a.write("k=1");
    net.run();
    assertThat(a.outcomes).isEmpty();

    net.cut(a, b);
    net.run();

    assertThat(a.outcomes).containsExactly(new Applied(Set.of("a", "c"), Set.of("b"), 1));
  }

  @Test
  void write_replacesMoreVersionsThanAFrameHolds_isNotApplied() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
    net.transcribes = false;
    List<LocalWrite.Item<String, Note>> items = new ArrayList<>();
    for (int key = 0; key < 7_500; key++) { // names may have a hundred characters
      LocalWrite.Item<String, Note> item = Note.itemOf("k" + key);
      List<Version<Note>> live = new ArrayList<>();
      for (int owner = 0; owner < 20; owner++) {
        Incarnation run = new Incarnation("n".repeat(98) + owner, 1);
        Note note = new Note(item.key(), "" + owner);
        live.add(new Version<>(a.table().intake().origin(run), 1, note));
      }
      a.store.set(item.key(), item.hash(), live);
      items.add(item);
    }

    a.core.write(
        a.table(), new LocalWrite<>(LocalWrite.Kind.DELETE, items, Long.MAX_VALUE, a.call()));
    a.core.flush();

    assertThat(net.end(a, b).sent())
        .allSatisfy(frame -> assertThat(frame.remaining()).isLessThan(Transport.MAX_FRAME_BYTES));
    assertThat(a.outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.NotApplied.class,
            not ->
                assertThat(not.reason())
                    .contains("7500 keys", "with the versions that it replaces"));
    assertThat(a.store.keys()).isEqualTo(7_500);
    a.write("next=1");
    net.run();
    assertThat(b.records()).contains("next=1");
  }

  @Test
  void write_transferUnderWay_doesNotWaitForItsEnd() {
    Node a = net.node("a").open(false).write("k=1", "l=2");
    Node b = net.node("b").open(false);
    a.outcomes.clear();
    net.loses = delivery -> delivery.to() == b && delivery.text().matches(".*] (chunk 1|end) .*");
    net.join(a, b);
    assertThat(a.linkWith(b)).isNotEqualTo(Replication.JOINED);

    a.write("m=3");
    net.run();

    assertThat(a.outcomes).containsExactly(new Applied(Set.of("a"), Set.of(), 1));
    assertThat(a.linkWith(b)).isNotEqualTo(Replication.JOINED);
    assertThat(b.records()).doesNotContain("k=1");
  }

  @Test
  void insertSerial_leadersOwnBehindAnothers_goesOutAsSoonAsItIsItsTurn() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
    assertThat(b.table().figures().leader()).isEqualTo("a");

    b.insertSerial("k=1");
    while (net.underWay().stream().anyMatch(delivery -> delivery.to() == a)) {
      net.step();
    }
    a.insertSerial("k=2");
    net.run(); // and time stands still

    assertThat(b.outcomes).containsExactly(new Applied(Set.of("a", "b"), Set.of(), 1));
    assertThat(a.outcomes).containsExactly(new Applied(Set.of("a", "b"), Set.of(), 1));
    assertThat(b.records()).containsExactly("k=2");
  }

  @Test
  void disconnected_moreOftenThanIsRemembered_theLatestLossesAreTold() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    for (int i = 0; i < 120; i++) {
      net.join(a, b);
      net.pass(Duration.ofMinutes(2)); // not one that comes and goes
      net.cut(a, b);
      net.run();
      net.pass(Duration.ofSeconds(1));
      a.tick();
      b.tick();
    }

    List<Losses.Loss> history = a.table().losses().history();

    assertThat(history).hasSize(100).extracting(Losses.Loss::node).containsOnly("b");
    assertThat(history)
        .isSortedAccordingTo(Comparator.comparingLong(Losses.Loss::wallMillis).reversed());
    assertThat(a.told(Event.PeerLost.class)).hasSize(120);
  }

  @Test
  void write_afterAVersionOfTheFutureCameByATransfer_isLaterThanIt() {
    Node ahead = net.node("ahead", "test", Settings.DEFAULTS, 30_000).open(false).write("k=1");
    Node b = net.node("b").open(false);
    net.connect(ahead, b);
    while (b.table().snapshot().live().isEmpty()) {
      assertThat(net.step()).isTrue();
    }
    long there = b.table().snapshot().live().iterator().next().stamp();

    b.write("k=2");

    assertThat(b.table().snapshot().live().iterator().next().stamp()).isGreaterThan(there);
  }

  @Test
  void write_peerNotYetJoinedWithTheOrigin_versionStandsOnceOnEveryReplica() {
    Node a = net.node("a").open(false);
    Node b = net.node("b", "test", Settings.DEFAULTS.withMaxTransfers(2), 0).open(false);
    Node c = net.node("c").open(false);
    net.join(a, c);
    net.connect(a, b);
    net.run();
    // b links with a again, and its pull stands still; then c tells it of a's write before a does
    net.loses = delivery -> delivery.to() == b && delivery.text().contains("] end");
    b.table().linkAgain(b.linkTo(a), "test");
    net.run();
    net.loses =
        delivery ->
            (delivery.from() == a && delivery.to() == b && delivery.text().contains("writes"))
                || (delivery.from() == c && delivery.text().contains("] end"));
    a.write("k=1");
    net.run();
    Net.Delivery write = lost(a, b);
    net.connect(b, c);
    net.run();
    assertThat(b.store.versions("k")).as("by c's transfer").isNotNull();
    net.loses = delivery -> false;
    deliver(b, a, write);
    net.run();

    LiveVersions<String, Note> live = b.store.versions("k");
    assertThat(live == null ? 0 : live.count()).isEqualTo(1);
  }

  private Net.Delivery lost(Node from, Node to) {
    List<ByteBuffer> sent = net.end(from, to).sent();
    ByteBuffer last = sent.get(sent.size() - 1);
    return new Net.Delivery(from, to, net.end(to, from), last.duplicate(), "");
  }

  private static void deliver(Node to, Node from, Net.Delivery delivery) {
    assertThat(delivery.from()).isSameAs(from);
    ByteBuffer frame = delivery.frame();
    assertThat(frame).isNotNull();
    if (frame != null) {
      to.core.received(delivery.end(), frame);
      to.core.flush();
    }
  }
}
