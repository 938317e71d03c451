package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsNode;
import dev.cets.ListenerOptions;
import dev.cets.NotAppliedException;
import dev.cets.OrderedSetSpec;
import dev.cets.OrderedSetTable;
import dev.cets.Receipt;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The application's own code throws on a node's loop, before a write or in the middle of it. */
class ThrowingApplicationTest {
  /** A key in which something may be missing. */
  record Place(@Nullable String queue, int number) {}

  record Ticket(Place place, String text) {}

  /** A record that cannot be compared. */
  record Moody(String id) {
    @Override
    public boolean equals(@Nullable Object other) {
      throw new IllegalStateException("not today");
    }

    @Override
    public int hashCode() {
      return id.hashCode();
    }
  }

  private static final Ticket FIRST = new Ticket(new Place("a", 1), "first");
  private static final Ticket SECOND = new Ticket(new Place("a", 2), "second");
  private static final Ticket NOWHERE = new Ticket(new Place(null, 3), "nowhere");
  private static final Session ALICE = new Session("1", "alice");
  private static final Session BOB = new Session("2", "bob");
  private static final Receipt BOTH = new Receipt(Set.of("a", "b"), Set.of(), 1);

  private final SimulatedCluster cluster = new SimulatedCluster(17);

  @AfterEach
  void end() {
    cluster.close();
  }

  private static OrderedSetSpec<Place, Ticket> tickets(Comparator<Place> order) {
    return TableSpec.orderedSet("tickets", Place.class, Ticket.class, Ticket::place, order);
  }

  private OrderedSetTable<Place, Ticket> join(Comparator<Place> order) {
    cluster.startAmongOthers("a", settings -> settings.maxUnacknowledgedBytes(1_000));
    cluster.startAll("b");
    OrderedSetTable<Place, Ticket> table = cluster.node("a").open(tickets(order));
    var unused = cluster.node("b").open(tickets(order));
    cluster.awaitJoined();
    return table;
  }

  private static final Comparator<Place> BY_QUEUE =
      Comparator.comparing(Place::queue).thenComparingInt(Place::number);

  /** Says of a key alone that it is well. */
  private static int compareTwo(Place a, Place b) {
    return a.equals(b) ? 0 : BY_QUEUE.compare(a, b);
  }

  private void requireNothingWentWrong() {
    for (String name : List.of("a", "b")) {
      CetsNode node = cluster.node(name);
      assertThat(node.status().counters().defects()).isZero();
      assertThat(node.tables()).allSatisfy(t -> assertThat(t.counters().linksAgain()).isZero());
    }
  }

  @Test
  void insert_comparatorDoesNotKnowTheKey_isRefusedAtOnce() {
    OrderedSetTable<Place, Ticket> table = join(BY_QUEUE);

    for (ThrowingCallable write :
        List.<ThrowingCallable>of(
            () -> table.insert(NOWHERE),
            () -> table.insertAsync(NOWHERE),
            () -> table.insertNew(NOWHERE),
            () -> table.delete(NOWHERE.place()))) {
      assertThatThrownBy(write)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("key Place[queue=null, number=3] of table tickets has no place");
    }

    assertThat(table.insert(FIRST)).isEqualTo(BOTH);
    assertThat(table.insert(SECOND)).isEqualTo(BOTH);
    cluster.awaitEqual();
    requireNothingWentWrong();
  }

  @Test
  void insert_comparatorThrowsForTwoKeys_isNotAppliedAndTakesNoRoom() {
    OrderedSetTable<Place, Ticket> table = join(ThrowingApplicationTest::compareTwo);
    assertThat(table.insert(FIRST)).isEqualTo(BOTH);

    for (int i = 0; i < 30; i++) { // they would fill what may wait for acknowledgement
      assertThatThrownBy(() -> table.insert(NOWHERE))
          .isInstanceOf(NotAppliedException.class)
          .hasMessageContaining("NullPointerException");
    }
    CompletableFuture<Receipt> async = table.insertAsync(NOWHERE);
    cluster.await(async::isDone);

    assertThatThrownBy(async::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NotAppliedException.class);
    assertThat(table.insert(SECOND)).isEqualTo(BOTH);
    cluster.awaitEqual();
    requireNothingWentWrong();
  }

  @Test
  void deleteObject_equalsThrows_isNotApplied() {
    cluster.startAll("a");
    SetTable<String, Moody> table =
        cluster.node("a").open(TableSpec.set("moods", String.class, Moody.class, Moody::id));
    table.insert(new Moody("x"));

    assertThatThrownBy(() -> table.deleteObject(new Moody("x")))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContaining("not today");

    assertThat(table.size()).isOne();
  }

  @Test
  void listen_executorThrows_replicationGoesOnAndTheListenerIsToldLater() {
    cluster.join("a", "b");
    List<String> told = new ArrayList<>();
    List<Runnable> tasks = new ArrayList<>();
    int[] asked = {0};
    var unused =
        cluster
            .sessions("a")
            .listen(
                change -> told.add(change.key()),
                ListenerOptions.DEFAULTS.executor(
                    task -> {
                      if (asked[0]++ == 0) {
                        throw new IllegalStateException("out of order");
                      }
                      tasks.add(task);
                    }));

    assertThat(cluster.sessions("a").insert(ALICE)).isEqualTo(BOTH);
    assertThat(cluster.sessions("a").insert(BOB)).isEqualTo(BOTH);
    cluster.awaitEqual();
    requireNothingWentWrong();

    cluster.run(Duration.ofSeconds(2));
    tasks.forEach(Runnable::run);
    assertThat(told).containsExactly("1", "2");
  }
}
