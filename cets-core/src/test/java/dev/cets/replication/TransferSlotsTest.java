package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.table.SetStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransferSlotsTest {
  private static final int MOST = Settings.DEFAULTS.maxTransfers();

  private final TransferSlots slots = new TransferSlots(2);
  private final WriteLog<String, Note> log = new WriteLog<>(stamp -> {});
  private final List<String> begun = new ArrayList<>();
  private final Link<String, Note> a = link("a");
  private final Link<String, Note> b = link("b");
  private final Link<String, Note> c = link("c");
  private final Link<String, Note> d = link("d");

  private Link<String, Note> link(String peer) {
    return new Link<>(
        Note.CODEC, new Peer(new FakeConnection(peer), 0), 1, log, Settings.DEFAULTS, 0);
  }

  private void acquire(Link<String, Note> link) {
    slots.acquire(link, () -> begun.add(link.peer().name()));
  }

  @Test
  void acquire_allInUse_waitsInOrder() {
    List.of(a, b, c, d).forEach(this::acquire);
    assertThat(begun).containsExactly("a", "b");

    slots.release(b);
    assertThat(begun).containsExactly("a", "b", "c");
    slots.release(a);
    assertThat(begun).containsExactly("a", "b", "c", "d");
  }

  @Test
  void acquire_activeOrWaitingAlready_once() {
    List.of(a, a, b, c, c, a).forEach(this::acquire);

    slots.release(a);

    assertThat(begun).containsExactly("a", "b", "c");
    slots.release(b);
    assertThat(begun).containsExactly("a", "b", "c");
  }

  @Test
  void hurry_waitingOne_beginsAtOnceAndTheOthersWait() {
    List.of(a, b, c, d).forEach(this::acquire);

    slots.hurry(d);
    assertThat(begun).containsExactly("a", "b", "d");

    slots.hurry(d); // it has begun
    slots.release(a);
    assertThat(begun).containsExactly("a", "b", "d");
    slots.release(d);
    assertThat(begun).containsExactly("a", "b", "d", "c");
  }

  @Test
  void release_waitingOne_neverBegins() {
    List.of(a, b, c, d).forEach(this::acquire);

    slots.release(c);
    slots.release(a);

    assertThat(begun).containsExactly("a", "b", "d");
  }

  @Test
  void release_twice_freesOneSlotOnly() {
    List.of(a, b, c, d).forEach(this::acquire);

    slots.release(a);
    slots.release(a);

    assertThat(begun).containsExactly("a", "b", "c");
  }

  @Test
  void release_thenAcquireAgain_begins() {
    acquire(a);
    slots.release(a);
    acquire(a);

    assertThat(begun).containsExactly("a", "a");
  }

  private static long pulls(Net.Node node) {
    return node.core.tables().stream()
        .flatMap(table -> table.links().all().stream())
        .filter(link -> link.pulling != null)
        .count();
  }

  @Test
  void join_manyTablesAndPeers_neverMoreAtOnceOnANodeThanAreAllowed() {
    Net net = new Net();
    List<Net.Node> nodes = Stream.of("a", "b", "c", "d").map(net::node).toList();
    for (Net.Node node : nodes) {
      node.open(false).write("k" + node.name + "=1");
      for (int i = 0; i < 5; i++) {
        node.core.open(Note.table("more" + i, false), new SetStore<>(), false);
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = 0; j < i; j++) {
        net.connect(nodes.get(j), nodes.get(i));
      }
    }
    long most = 0;
    while (net.step()) {
      for (Net.Node node : nodes) {
        most = Math.max(most, pulls(node));
        assertThat(pulls(node)).as("pulls of %s", node.name).isLessThanOrEqualTo(MOST);
      }
    }

    assertThat(most).isEqualTo(MOST);
    for (Net.Node node : nodes) {
      assertThat(node.core.tables())
          .hasSize(6)
          .allMatch(table -> table.figures().isJoinedWithAll());
      assertThat(node.records()).hasSize(nodes.size());
    }
  }
}
