package dev.cets.server.http;

import dev.cets.ChangeListener;
import dev.cets.ClusterStatus;
import dev.cets.DiscoveryStatus;
import dev.cets.JoinProgress;
import dev.cets.LinkStatus;
import dev.cets.ListenerOptions;
import dev.cets.NodeCounters;
import dev.cets.NodeState;
import dev.cets.NodeStatus;
import dev.cets.Ownership;
import dev.cets.PeerStatus;
import dev.cets.Receipt;
import dev.cets.SnapshotListener;
import dev.cets.Subscription;
import dev.cets.TableComparison;
import dev.cets.TableCounters;
import dev.cets.TableStatus;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.KeyRange;
import dev.cets.server.json.Keys;
import dev.cets.server.json.RecordFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node with one table, whose writes fail on demand. */
final class FakeNode implements NodeView {
  final Map<String, JsonRecord> records = new ConcurrentHashMap<>();
  final List<Integer> batches = new ArrayList<>();
  final History history = new History(() -> Instant.ofEpochMilli(2_000));
  volatile OptionalInt number = OptionalInt.empty();
  volatile List<String> notReady = List.of();
  volatile List<String> notAlive = List.of();
  volatile @Nullable Duration clusterDeadline;
  volatile @Nullable RuntimeException failure;
  volatile int failAfterBatches;
  volatile int percent = 33;
  volatile @Nullable NodeStatus ownStatus;
  volatile @Nullable ClusterStatus clusterStatus;
  volatile @Nullable Duration lastDeadline;
  volatile @Nullable String lastAsked;
  volatile @Nullable ChangeListener<String, JsonRecord> listener;
  final CountDownLatch listening = new CountDownLatch(1);
  final CountDownLatch unlistened = new CountDownLatch(1);

  @Override
  public OptionalInt number() {
    return number;
  }

  @Override
  public NodeStatus status() {
    NodeStatus told = ownStatus;
    if (told != null) {
      return told;
    }
    List<String> two = List.of("n2", "n1");
    return new NodeStatus(
        "n1",
        "c",
        "7",
        NodeState.RUNNING,
        Instant.ofEpochMilli(1_000),
        two,
        List.of("h:1"),
        two,
        two,
        true,
        List.of(
            new DiscoveryStatus(
                "file nodes.txt",
                DiscoveryStatus.Phase.REGULAR,
                List.of("h:1"),
                null,
                Duration.ofMillis(1500),
                null)),
        List.of("n6"),
        List.of("n3"),
        List.of("u"),
        List.of("n4"),
        List.of("m"),
        List.of("n5"),
        List.of("x"),
        List.of("because"),
        3,
        List.of(
            new PeerStatus(
                "n2", "n2#1", "h:2", true, Instant.ofEpochMilli(500), Duration.ofMillis(500), "")),
        new NodeCounters(1, 2, 3, 4, 5, 6));
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public ClusterStatus clusterStatus(Duration deadline) {
    clusterDeadline = deadline;
    ClusterStatus told = clusterStatus;
    if (told != null) {
      return told;
    }
    return new ClusterStatus(
        new TreeMap<>(Map.of("n1", status())),
        Map.of("n9", "has not answered in time"),
        Map.of("places", Map.of("n1", 7)),
        List.of("n1 does not see n9"));
  }

  @Override
  public String metrics() {
    return "cets_node_up 1.0\n";
  }

  @Override
  public List<String> notAlive() {
    return notAlive;
  }

  @Override
  public SortedMap<String, RecordTable> tables() {
    return new TreeMap<>(Map.of("places", new Table()));
  }

  @Override
  public List<String> notReady() {
    return notReady;
  }

  private final class Table implements RecordTable {
    private final RecordFormat format = new RecordFormat("id");

    @Override
    public RecordFormat format() {
      return format;
    }

    @Override
    public List<JsonRecord> lookup(String key) {
      JsonRecord record = records.get(key);
      return record == null ? List.of() : List.of(record);
    }

    @Override
    public Stream<JsonRecord> read(KeyRange range, boolean descending) {
      Comparator<JsonRecord> order = Comparator.comparing(JsonRecord::key, Keys.CODE_POINT_ORDER);
      return records.values().stream()
          .filter(record -> range.contains(record.key()))
          .sorted(descending ? order.reversed() : order);
    }

    @Override
    public Stream<JsonRecord> readOf(
        String other, Duration deadline, KeyRange range, boolean descending) {
      lastDeadline = deadline;
      failIfTold();
      lastAsked = other;
      return read(range, descending);
    }

    @Override
    public boolean isBag() {
      return false;
    }

    @Override
    public List<JsonRecord> insertNew(JsonRecord record, Duration deadline) {
      failIfTold();
      return Stream.ofNullable(records.putIfAbsent(record.key(), record)).toList();
    }

    @Override
    public Receipt insertSerial(JsonRecord record, Duration deadline) {
      return insert(List.of(record), deadline);
    }

    @Override
    public Receipt deleteObjects(List<JsonRecord> removed, Duration deadline) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Subscription listen(ChangeListener<String, JsonRecord> told, ListenerOptions options) {
      listener = told;
      listening.countDown();
      return unlistened::countDown;
    }

    @Override
    public Subscription subscribe(
        SnapshotListener<String, JsonRecord> told, ListenerOptions options) {
      return listen(told, options);
    }

    @Override
    public Receipt insert(List<JsonRecord> added, Duration deadline) {
      lastDeadline = deadline;
      failIfTold();
      batches.add(added.size());
      added.forEach(record -> records.put(record.key(), record));
      return new Receipt(Set.of("n2", "n1"), Set.of("n3"), added.size());
    }

    @Override
    public Receipt delete(String key, Duration deadline) {
      lastDeadline = deadline;
      failIfTold();
      int changes = records.remove(key) == null ? 0 : 1;
      return new Receipt(Set.of("n1"), Set.of(), changes);
    }

    private void failIfTold() {
      RuntimeException told = failure;
      if (told != null && batches.size() >= failAfterBatches) {
        throw told;
      }
    }

    @Override
    public TableComparison compare(Duration deadline) {
      lastDeadline = deadline;
      failIfTold();
      return new TableComparison(
          "places",
          Map.of(
              "n3",
              new TableComparison.Finding(
                  TableComparison.State.UNREACHABLE, 0, null, "is not connected"),
              "n2",
              new TableComparison.Finding(
                  TableComparison.State.EQUAL, 0, Instant.ofEpochMilli(1_000), "")));
    }

    @Override
    public TableStatus status() {
      return new TableStatus(
          "places",
          "set",
          Ownership.KEEP,
          records.size(),
          1,
          2,
          3,
          "n1",
          Map.of("n2", "joined"),
          links(),
          4,
          new TableCounters(1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    private Map<String, LinkStatus> links() {
      return Map.of(
          "n2",
          new LinkStatus(
              "joined",
              Duration.ofMillis(1500),
              5,
              6,
              Instant.ofEpochMilli(700),
              null,
              new JoinProgress(1, 2, 3, 4, percent)));
    }
  }
}
