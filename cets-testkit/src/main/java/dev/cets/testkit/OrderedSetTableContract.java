package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.OrderedSetSpec;
import dev.cets.OrderedSetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an ordered set does beyond a set, over any engine. */
public abstract class OrderedSetTableContract extends ClusterContract {
  /** A key of two parts. */
  public record DeviceKey(String user, int device) implements Comparable<DeviceKey> {
    @Override
    public int compareTo(DeviceKey other) {
      int order = user.compareTo(other.user);
      return order != 0 ? order : Integer.compare(device, other.device);
    }
  }

  /** A record under such a key. */
  public record Device(DeviceKey key, String address) {}

  private static final OrderedSetSpec<String, Session> ROOMS =
      TableSpec.orderedSet("rooms", String.class, Session.class, Session::id);
  private static final OrderedSetSpec<DeviceKey, Device> DEVICES =
      TableSpec.orderedSet("devices", DeviceKey.class, Device.class, Device::key);

  /** Made by subclasses only. */
  protected OrderedSetTableContract() {}

  private static Session room(String id) {
    return new Session(id, "user of " + id);
  }

  private static List<Session> rooms(String... ids) {
    return List.of(ids).stream().map(OrderedSetTableContract::room).toList();
  }

  private static Device device(String user, int device) {
    return new Device(new DeviceKey(user, device), user + "/" + device);
  }

  private OrderedSetTable<String, Session> opened(String... ids) {
    OrderedSetTable<String, Session> table = cluster.start("a").open(ROOMS);
    table.insertMany(rooms(ids));
    return table;
  }

  private List<OrderedSetTable<String, Session>> joined() {
    cluster.start("a");
    cluster.start("b");
    List<OrderedSetTable<String, Session>> tables =
        List.of(cluster.node("a").open(ROOMS), cluster.node("b").open(ROOMS));
    cluster.join("a", "b");
    return tables;
  }

  // ---- order

  @Test
  void stream_writtenInAnyOrder_goesByKeyOnEveryNode() {
    List<OrderedSetTable<String, Session>> tables = joined();
    tables.get(0).insertMany(rooms("c", "a"));
    tables.get(1).insertMany(rooms("d", "b"));

    for (OrderedSetTable<String, Session> table : tables) {
      assertThat(table.stream()).containsExactlyElementsOf(rooms("a", "b", "c", "d"));
      assertThat(table.dump()).containsExactlyElementsOf(rooms("a", "b", "c", "d"));
    }
  }

  @Test
  void descending_someRecords_goesFromTheGreatestKey() {
    assertThat(opened("b", "c", "a").descending()).containsExactlyElementsOf(rooms("c", "b", "a"));
  }

  @Test
  void first_andLast_areOfTheLeastAndTheGreatestKey() {
    OrderedSetTable<String, Session> table = opened("b", "c", "a");

    assertThat(table.first()).isEqualTo(room("a"));
    assertThat(table.last()).isEqualTo(room("c"));
  }

  @Test
  void first_andLastOfAnEmptyTable_areNull() {
    OrderedSetTable<String, Session> table = opened();

    assertThat(table.first()).isNull();
    assertThat(table.last()).isNull();
    assertThat(table.next("a")).isNull();
    assertThat(table.previous("a")).isNull();
    assertThat(table.descending()).isEmpty();
  }

  @Test
  void next_presentAndAbsentKeys_isStrictlyGreater() {
    OrderedSetTable<String, Session> table = opened("b", "d");

    assertThat(table.next("a")).isEqualTo(room("b"));
    assertThat(table.next("b")).isEqualTo(room("d"));
    assertThat(table.next("c")).isEqualTo(room("d"));
    assertThat(table.next("d")).isNull();
  }

  @Test
  void previous_presentAndAbsentKeys_isStrictlyLess() {
    OrderedSetTable<String, Session> table = opened("b", "d");

    assertThat(table.previous("b")).isNull();
    assertThat(table.previous("c")).isEqualTo(room("b"));
    assertThat(table.previous("d")).isEqualTo(room("b"));
    assertThat(table.previous("e")).isEqualTo(room("d"));
  }

  @Test
  void next_wholeTable_visitsEveryRecordOnce() {
    OrderedSetTable<String, Session> table = opened("b", "d", "a", "c");
    List<Session> visited = new ArrayList<>();

    for (Session at = table.first(); at != null; at = table.next(at.id())) {
      visited.add(at);
    }

    assertThat(visited).containsExactlyElementsOf(rooms("a", "b", "c", "d"));
  }

  @Test
  void next_theKeyIsDeletedMeanwhile_goesOnFromItsPlace() {
    OrderedSetTable<String, Session> table = opened("a", "b", "c");
    table.delete("b");

    assertThat(table.next("b")).isEqualTo(room("c"));
    assertThat(table.previous("b")).isEqualTo(room("a"));
  }

  @Test
  void range_twoKeys_includesTheFirstAndNotTheSecond() {
    OrderedSetTable<String, Session> table = opened("a", "b", "c", "d");

    assertThat(table.range("b", "d")).containsExactlyElementsOf(rooms("b", "c"));
    assertThat(table.range("aa", "cc")).containsExactlyElementsOf(rooms("b", "c"));
    assertThat(table.range("b", "b")).isEmpty();
  }

  @Test
  void range_endBeforeBeginning_isRefused() {
    OrderedSetTable<String, Session> table = opened("a");

    assertThatThrownBy(() -> table.range("b", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from b to a");
  }

  @Test
  void from_key_includesItAndAllGreater() {
    OrderedSetTable<String, Session> table = opened("a", "b", "c");

    assertThat(table.from("b")).containsExactlyElementsOf(rooms("b", "c"));
    assertThat(table.from("bb")).containsExactlyElementsOf(rooms("c"));
    assertThat(table.from("d")).isEmpty();
  }

  // ---- parts of composite keys

  @Test
  void prefix_firstPartOfACompositeKey_isAllOfThat() {
    OrderedSetTable<DeviceKey, Device> devices = cluster.start("a").open(DEVICES);
    devices.insertMany(
        List.of(device("bob", 2), device("al", 7), device("bob", 1), device("bobby", 1)));

    assertThat(devices.prefix(DeviceKey::user, "bob"))
        .containsExactly(device("bob", 1), device("bob", 2));
    assertThat(devices.prefix(DeviceKey::user, "al")).containsExactly(device("al", 7));
    assertThat(devices.prefix(DeviceKey::user, "bo")).isEmpty();
    assertThat(devices.prefix(DeviceKey::user, "zoe")).isEmpty();
  }

  @Test
  void prefix_beginningOfAText_isAllThatBeginWithIt() {
    OrderedSetTable<String, Session> table = opened("al", "alan", "a", "b", "alice", "am");

    assertThat(table.prefix(key -> key.substring(0, Math.min(2, key.length())), "al"))
        .containsExactlyElementsOf(rooms("al", "alan", "alice"));
  }

  @Test
  void section_partOfManyKeys_isFoundWithoutALookAtTheOthers() {
    OrderedSetTable<DeviceKey, Device> devices = cluster.start("a").open(DEVICES);
    devices.insertMany(IntStream.range(0, 2000).mapToObj(i -> device("u", i)).toList());
    List<DeviceKey> looked = new ArrayList<>();

    List<Device> found =
        devices
            .section(
                key -> {
                  looked.add(key);
                  return key.device() / 10 - 100;
                })
            .toList();

    assertThat(found)
        .containsExactlyElementsOf(
            IntStream.range(1000, 1010).mapToObj(i -> device("u", i)).toList());
    assertThat(looked).hasSizeLessThan(200);
  }

  // ---- comparators

  @Test
  void open_comparator_decidesTheOrder() {
    OrderedSetTable<String, Session> table =
        cluster
            .start("a")
            .open(
                TableSpec.orderedSet(
                    "rooms",
                    String.class,
                    Session.class,
                    Session::id,
                    Comparator.<String>reverseOrder()));
    table.insertMany(rooms("b", "c", "a"));

    assertThat(table.dump()).containsExactlyElementsOf(rooms("c", "b", "a"));
    assertThat(table.first()).isEqualTo(room("c"));
    assertThat(table.next("b")).isEqualTo(room("a"));
  }

  @Test
  void insert_comparatorTakesTwoKeysForOne_bothStand() {
    OrderedSetTable<String, Session> table =
        cluster
            .start("a")
            .open(
                TableSpec.orderedSet(
                    "rooms",
                    String.class,
                    Session.class,
                    Session::id,
                    String.CASE_INSENSITIVE_ORDER));
    table.insertMany(rooms("b", "B", "a", "A"));

    assertThat(table.dump()).containsExactlyElementsOf(rooms("A", "a", "B", "b"));
    assertThat(table.lookup("a")).isEqualTo(room("a"));
    assertThat(table.lookup("A")).isEqualTo(room("A"));
    assertThat(table.delete("A").changes()).isOne();
    assertThat(table.dump()).containsExactlyElementsOf(rooms("a", "B", "b"));
  }

  @Test
  void join_nodesWithDifferentComparators_holdTheSameRecords() {
    OrderedSetTable<String, Session> here = cluster.start("a").open(ROOMS);
    OrderedSetTable<String, Session> there =
        cluster
            .start("b")
            .open(
                TableSpec.orderedSet(
                    "rooms",
                    String.class,
                    Session.class,
                    Session::id,
                    Comparator.<String>reverseOrder()));
    here.insertMany(rooms("a", "c"));
    there.insertMany(rooms("b"));
    cluster.join("a", "b");

    assertThat(here.dump()).containsExactlyElementsOf(rooms("a", "b", "c"));
    assertThat(there.dump()).containsExactlyElementsOf(rooms("c", "b", "a"));
  }

  // ---- as a set

  @Test
  void insert_andDeleteOnEitherNode_areSeenOnBoth() {
    List<OrderedSetTable<String, Session>> tables = joined();
    tables.get(0).insertMany(rooms("a", "b", "c"));
    tables.get(1).insert(new Session("b", "other"));
    tables.get(1).delete("a");
    tables.get(0).deleteObjects(rooms("a", "b", "c"));

    for (OrderedSetTable<String, Session> table : tables) {
      assertThat(table.dump()).containsExactly(new Session("b", "other"));
      assertThat(table.size()).isOne();
      assertThat(table.contains("b")).isTrue();
      assertThat(table.contains("c")).isFalse();
    }
  }

  @Test
  void select_predicate_keepsTheOrder() {
    OrderedSetTable<String, Session> table = opened("d", "a", "c", "b");

    assertThat(table.select(room -> !room.id().equals("b")))
        .containsExactlyElementsOf(rooms("a", "c", "d"));
  }

  @Test
  void stream_writtenMeanwhile_neverFails() {
    OrderedSetTable<String, Session> table = opened("a", "c", "e");
    List<Session> seen = new ArrayList<>();

    table.stream()
        .forEach(
            record -> {
              seen.add(record);
              table.delete("c");
              table.insertMany(rooms("b", "d"));
            });

    assertThat(seen)
        .contains(room("a"), room("e"))
        .isSortedAccordingTo(Comparator.comparing(Session::id));
  }

  @Test
  void reads_ownerIsDown_passOverItsRecords() {
    List<OrderedSetTable<String, Session>> tables = joined();
    OrderedSetTable<String, Session> table = tables.get(0);
    table.insertMany(rooms("b", "d"));
    tables.get(1).insertMany(rooms("a", "c", "e"));

    cluster.kill("b");
    cluster.awaitDown("a", "b");

    assertThat(table.dump()).containsExactlyElementsOf(rooms("b", "d"));
    assertThat(table.descending()).containsExactlyElementsOf(rooms("d", "b"));
    assertThat(table.first()).isEqualTo(room("b"));
    assertThat(table.last()).isEqualTo(room("d"));
    assertThat(table.next("b")).isEqualTo(room("d"));
    assertThat(table.previous("d")).isEqualTo(room("b"));
    assertThat(table.range("a", "d")).containsExactlyElementsOf(rooms("b"));
    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void reads_closedTable_failAtOnce() {
    OrderedSetTable<String, Session> table = opened("a");
    table.close();

    assertThatThrownBy(table::first).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> table.range("a", "b")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(table::descending).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void withDeadline_orderedSet_isTheSameTable() {
    OrderedSetTable<String, Session> table = opened("a");

    table.withDeadline(Duration.ofSeconds(3)).insert(room("b"));

    assertThat(table.last()).isEqualTo(room("b"));
  }

  @Test
  void status_orderedSet_namesTheType() {
    assertThat(opened("a").status().type()).isEqualTo("ordered-set");
  }
}
