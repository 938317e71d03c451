package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.Change;
import dev.cets.Conflict;
import dev.cets.OrderedSetTable;
import dev.cets.Resolver;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of keys that several nodes wrote before they met, over any engine. */
public abstract class ConflictContract extends ClusterContract {
  private static final List<String> BOTH = List.of("a", "b");
  private static final Session ANNA = new Session("1", "anna");
  private static final Resolver<Session> GREATEST_USER =
      records -> Collections.max(records, Comparator.comparing(Session::user));
  private static final SetSpec<String, Session> ROOMS =
      TableSpec.set("rooms", String.class, Session.class, Session::id);

  private final Map<String, SetTable<String, Session>> tables = new HashMap<>();
  private final Map<String, Queue<Conflict<String, Session>>> heard = new HashMap<>();

  /** Made by subclasses only. */
  protected ConflictContract() {}

  private SetTable<String, Session> rooms(String node) {
    SetTable<String, Session> table = tables.get(node);
    if (table == null) {
      throw new IllegalStateException("no table at " + node);
    }
    return table;
  }

  private void open(SetSpec<String, Session> spec, String... nodes) {
    for (String node : nodes) {
      Queue<Conflict<String, Session>> conflicts = new ConcurrentLinkedQueue<>();
      heard.put(node, conflicts);
      tables.put(node, cluster.start(node).open(spec.onConflict(conflicts::add)));
    }
  }

  private List<Conflict<String, Session>> heard(String node) {
    return List.copyOf(heard.getOrDefault(node, new ConcurrentLinkedQueue<>()));
  }

  private void assertRooms(List<String> nodes, Session... records) {
    for (String node : nodes) {
      assertThat(rooms(node).dump()).as("at %s", node).containsExactlyInAnyOrder(records);
      assertThat(rooms(node).size()).as("size at %s", node).isEqualTo(records.length);
    }
  }

  // ---- resolvers

  @Test
  void resolver_bothNodesWroteBeforeTheyMet_itsChoiceIsSeenOnBoth() {
    open(ROOMS.resolver(GREATEST_USER), "a", "b");
    rooms("b").insertMany(List.of(ALICE, BOB));
    rooms("a").insert(ALEX);

    cluster.join("a", "b");

    assertRooms(BOTH, ALICE, BOB);
    assertThat(rooms("a").lookup("1")).isEqualTo(ALICE);
  }

  @Test
  void resolver_manyKeys_otherKeysAreUntouched() {
    AtomicInteger calls = new AtomicInteger();
    open(
        ROOMS.resolver(
            records -> {
              calls.incrementAndGet();
              return GREATEST_USER.resolve(records);
            }),
        "a",
        "b");
    rooms("a").insertMany(List.of(ALEX, BOB));
    rooms("b").insertMany(List.of(ALICE, new Session("3", "carol")));

    cluster.join("a", "b");

    assertRooms(BOTH, ALICE, BOB, new Session("3", "carol"));
    assertThat(calls).as("once on each node").hasValue(2);
  }

  @Test
  void resolver_newRecordOfTheKey_isSeen() {
    open(
        ROOMS.resolver(
            records ->
                new Session("1", records.stream().map(Session::user).sorted().toList() + "")),
        "a",
        "b");
    rooms("a").insert(ALEX);
    rooms("b").insert(ALICE);

    cluster.join("a", "b");

    assertRooms(BOTH, new Session("1", "[alex, alice]"));
  }

  @Test
  void resolver_recordsOfThreeNodes_areInTheSameOrderEverywhere() {
    Queue<List<Session>> asked = new ConcurrentLinkedQueue<>();
    open(
        ROOMS.resolver(
            records -> {
              if (records.size() == 3) {
                asked.add(records);
              }
              return records.getFirst();
            }),
        "a",
        "b",
        "c");
    rooms("c").insert(ANNA);
    rooms("a").insert(ALEX);
    rooms("b").insert(ALICE);

    cluster.join("a", "b", "c");
    cluster.await(() -> heard("a").stream().anyMatch(it -> it.versions().size() == 3));
    List<Session> seen =
        List.of("a", "b", "c").stream().map(node -> rooms(node).lookup("1")).distinct().toList();

    assertThat(seen).hasSize(1);
    assertThat(asked).hasSize(3);
    assertThat(asked.stream().distinct()).hasSize(1);
    assertThat(asked.element()).containsExactlyInAnyOrder(ANNA, ALEX, ALICE);
  }

  @Test
  void resolver_throws_theLatestIsSeen() {
    open(
        ROOMS.resolver(
            records -> {
              throw new IllegalStateException("cannot decide");
            }),
        "a",
        "b");
    assertLatestIsSeen();
  }

  @Test
  void resolver_answersARecordOfAnotherKey_theLatestIsSeen() {
    open(ROOMS.resolver(records -> BOB), "a", "b");
    assertLatestIsSeen();
  }

  @Test
  @SuppressWarnings("NullAway") // a mistake of those whose code is not checked
  void resolver_answersNull_theLatestIsSeen() {
    open(ROOMS.resolver(records -> null), "a", "b");
    assertLatestIsSeen();
  }

  private void assertLatestIsSeen() {
    rooms("a").insert(ALEX);
    rooms("b").insert(ALICE);

    cluster.join("a", "b");
    cluster.await(() -> !heard("a").isEmpty());

    assertRooms(BOTH, heard("a").getFirst().versions().getLast().record());
  }

  @Test
  void resolver_oneOwnerGoesDown_theOtherRecordIsSeen() {
    open(ROOMS.resolver(GREATEST_USER), "a", "b");
    rooms("a").insert(ALEX);
    rooms("b").insert(ALICE);
    cluster.join("a", "b");
    assertRooms(BOTH, ALICE);

    cluster.kill("b");
    cluster.awaitDown("a", "b");

    assertRooms(List.of("a"), ALEX);
  }

  @Test
  void insert_ofAResolvedKey_replacesAllVersions() {
    open(ROOMS.resolver(GREATEST_USER), "a", "b");
    rooms("a").insert(ALEX);
    rooms("b").insert(ALICE);
    cluster.join("a", "b");

    rooms("a").insert(new Session("1", "aaron"));

    assertRooms(BOTH, new Session("1", "aaron"));
  }

  @Test
  void deleteObject_ofAResolvedKey_looksAtWhatIsSeen() {
    open(ROOMS.resolver(GREATEST_USER), "a", "b");
    rooms("b").insert(ALICE);
    rooms("a").insert(ALEX);
    cluster.join("a", "b");

    assertThat(rooms("a").deleteObject(ALEX).changes()).isZero();
    assertThat(rooms("a").deleteObject(ALICE).changes()).isOne();

    assertRooms(BOTH);
  }

  @Test
  void resolver_ofAnOrderedSet_itsChoiceIsSeen() {
    var spec =
        TableSpec.orderedSet("ordered", String.class, Session.class, Session::id)
            .resolver(GREATEST_USER);
    OrderedSetTable<String, Session> here = cluster.start("a").open(spec);
    OrderedSetTable<String, Session> there = cluster.start("b").open(spec);
    here.insert(ALICE);
    there.insertMany(List.of(ALEX, BOB));

    cluster.join("a", "b");

    assertThat(here.dump()).containsExactly(ALICE, BOB);
    assertThat(there.dump()).containsExactly(ALICE, BOB);
    assertThat(there.first()).isEqualTo(ALICE);
  }

  @Test
  void resolver_withListeners_theyAreToldWhatItMakesOfTheVersions() {
    SetSpec<String, Session> spec =
        ROOMS.resolver(
            records ->
                new Session("1", records.stream().map(Session::user).sorted().toList() + ""));
    open(spec, "a", "b");
    rooms("a").insert(ALEX);
    rooms("b").insert(ALICE);
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    rooms("a").listen(told);

    cluster.join("a", "b");
    rooms("b").insert(BOB);
    cluster.kill("b");

    Session both = new Session("1", "[alex, alice]");
    cluster.await(() -> told.told().size() == 4);
    assertThat(told.changes().subList(0, 2))
        .containsExactly(
            new Change<>("1", ALEX, both, Change.Cause.CONFLICT),
            new Change<>("2", null, BOB, Change.Cause.REMOTE));
    assertThat(told.changes().subList(2, 4))
        .containsExactlyInAnyOrder(
            new Change<>("1", both, ALEX, Change.Cause.NODE_DOWN),
            new Change<>("2", BOB, null, Change.Cause.NODE_DOWN));
  }

  // ---- events

  @Test
  void onConflict_bothNodesWroteBeforeTheyMet_tellsAllVersionsAndWhoWroteThem() {
    open(ROOMS, "a", "b");
    rooms("a").insertMany(List.of(ALEX, BOB));
    rooms("b").insert(ALICE);

    cluster.join("a", "b");
    cluster.await(() -> !heard("a").isEmpty() && !heard("b").isEmpty());

    for (String node : BOTH) {
      Conflict<String, Session> conflict = heard(node).getFirst();
      assertThat(conflict.table()).isEqualTo("rooms");
      assertThat(conflict.key()).isEqualTo("1");
      assertThat(conflict.versions())
          .extracting(version -> version.node() + " wrote " + version.record().user())
          .containsExactlyInAnyOrder("a wrote alex", "b wrote alice");
      assertThat(conflict.versions())
          .allSatisfy(version -> assertThat(version.incarnation()).startsWith(version.node()))
          .isSortedAccordingTo(Comparator.comparing(Conflict.Version::writtenAt));
      assertThat(heard(node)).hasSize(1);
    }
  }

  @Test
  void onConflict_writesOfJoinedNodesOneAfterTheOther_isNotTold() {
    open(ROOMS, "a", "b");
    cluster.join("a", "b");

    for (int i = 0; i < 20; i++) {
      rooms(i % 2 == 0 ? "a" : "b").insert(new Session("1", "user" + i));
    }
    open(ROOMS, "c");
    cluster.join("a", "b", "c");

    assertThat(heard("a")).isEmpty();
    assertThat(heard("b")).isEmpty();
    assertThat(heard("c")).isEmpty();
  }

  @Test
  void onConflict_handlerWrites_theKeyIsResolvedEverywhere() {
    SetSpec<String, Session> merging =
        ROOMS.onConflict(conflict -> rooms("a").insert(new Session(conflict.key(), "merged")));
    tables.put("a", cluster.start("a").open(merging));
    open(ROOMS, "b");
    rooms("a").insert(ALEX);
    rooms("b").insert(ALICE);

    cluster.join("a", "b");
    cluster.await(() -> rooms("b").dump().equals(List.of(new Session("1", "merged"))));

    assertRooms(BOTH, new Session("1", "merged"));
  }

  @Test
  void onConflict_handlerThrows_theNextIsToldAllTheSame() {
    Queue<String> keys = new ConcurrentLinkedQueue<>();
    SetSpec<String, Session> throwing =
        ROOMS.onConflict(
            conflict -> {
              keys.add(conflict.key());
              throw new IllegalStateException("a handler that throws, in a test");
            });
    tables.put("a", cluster.start("a").open(throwing));
    open(ROOMS, "b");
    rooms("a").insertMany(List.of(ALEX, BOB));
    rooms("b").insertMany(List.of(ALICE, new Session("2", "ben")));

    cluster.join("a", "b");
    cluster.await(() -> keys.size() == 2);

    assertThat(keys).containsExactlyInAnyOrder("1", "2");
    rooms("a").insert(ANNA);
    assertThat(rooms("b").lookup("1")).isEqualTo(ANNA);
  }
}
