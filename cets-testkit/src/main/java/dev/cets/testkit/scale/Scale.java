package dev.cets.testkit.scale;

import dev.cets.SetTable;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.scale.ScaledCluster.Item;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a cluster costs: the real nodes in virtual time, on a network where nothing goes
 * wrong. Messages and bytes are the same in every run; processor times are of this machine, the
 * least of three rounds.
 */
public final class Scale {
  private static final int BULK = 100;
  private static final int BULKS = 20;
  private static final int INSERTS = 300;
  private static final int IDLE_SECONDS = 20;
  private static final int STRIDE = 7_919;
  private static final int ROUNDS = 3;
  private static final int WARM_UPS = 20;
  private static final int WARM_UP_NODES = 5;
  private static final int WARM_UP_RECORDS = 2_000;
  private static final long BYTES_PER_RECORD = 300;
  private static final long BYTES_PER_NODE = 4 << 20;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int nodes;
  private final int records;
  private final ScaledCluster cluster = new ScaledCluster();
  private int place;

  private Scale(int nodes, int records) {
    this.nodes = nodes;
    this.records = records;
  }

  /** Has the JVM compile what will be measured. */
  public static void warmUp() {
    for (int i = 0; i < WARM_UPS; i++) {
      measure(WARM_UP_NODES, WARM_UP_RECORDS);
    }
  }

  /** About how much heap a size takes. */
  public static long heapBytes(int nodes, int records) {
    return (long) nodes * records * BYTES_PER_RECORD + nodes * BYTES_PER_NODE;
  }

  /**
   * Measures one size, on the caller's thread.
   *
   * @param nodes 3 or more; the heap has to have room for the table on each of them
   * @param records as many as nodes, or more
   */
  public static ScaleFigures measure(int nodes, int records) {
    Scale scale = new Scale(nodes, records);
    try (scale.cluster) {
      return scale.measure();
    }
  }

  private ScaleFigures measure() {
    for (int node = 0; node < nodes - 1; node++) {
      cluster.add();
    }
    for (int node = 0; node < nodes - 1; node++) {
      cluster.awaitJoined(node);
    }
    fill();
    Taken join = taken(this::join);
    inserts(BULK, nodes - 1); // the newcomer, too, is known as an origin
    Taken idle = least(() -> cluster.network().run(Duration.ofSeconds(IDLE_SECONDS)));
    inserts(INSERTS, 0);
    WriterShare share = new WriterShare(cluster.address(0));
    cluster.network().observe(share::ran);
    Taken inserts =
        least(
            () -> {
              share.begin();
              inserts(INSERTS, 0);
            });
    cluster.network().observe(any -> {});
    Taken bulks = least(this::bulks);
    Taken comparison = least(this::compare);
    return new ScaleFigures(
        nodes,
        records,
        links(),
        inserts.without(Traffic.BEAT).per(INSERTS),
        share.share() * inserts.cpuMicros() / INSERTS,
        bulks.without(Traffic.BEAT).per(BULKS * BULK),
        idle.all().per(IDLE_SECONDS),
        comparison.without(Traffic.BEAT),
        (double) comparison.traffic().bytes(Traffic.BASE)
            / comparison.traffic().frames(Traffic.BASE),
        join.without(Traffic.BEAT),
        join.traffic().bytes(Traffic.CHUNK));
  }

  /** Each node writes its share, so that each is known as an origin. */
  private void fill() {
    int most = Math.min(BULK, records / (nodes - 1));
    int writer = 0;
    for (int from = 0; from < records; from += most) {
      List<Item> batch = new ArrayList<>();
      for (int number = from; number < Math.min(from + most, records); number++) {
        batch.add(Item.of(number));
      }
      cluster.table(writer).insertMany(batch);
      writer = (writer + 1) % (nodes - 1);
    }
  }

  private void join() {
    cluster.add();
    cluster.awaitJoined(nodes - 1);
  }

  private void inserts(int count, int node) {
    SetTable<String, Item> table = cluster.table(node);
    for (int i = 0; i < count; i++) {
      table.insert(next());
    }
  }

  private void bulks() {
    SetTable<String, Item> table = cluster.table(0);
    for (int i = 0; i < BULKS; i++) {
      List<Item> batch = new ArrayList<>();
      for (int j = 0; j < BULK; j++) {
        batch.add(next());
      }
      table.insertMany(batch);
    }
  }

  private Item next() {
    place = (place + STRIDE) % records;
    return Item.of(place);
  }

  private void compare() {
    if (!cluster.table(0).compare(LONG).isEqual()) {
      throw new IllegalStateException("replicas differ");
    }
  }

  private int links() {
    int ends = 0;
    for (int node = 0; node < nodes; node++) {
      ends += cluster.links(node).size();
    }
    return ends / 2;
  }

  /**
   * The same several times: what disturbs a machine can only add to the time. Messages are those of
   * the last time, whichever was the quickest, as keys may have another origin at first.
   */
  private Taken least(Runnable work) {
    Taken taken = taken(work);
    for (int round = 1; round < ROUNDS; round++) {
      Taken again = taken(work);
      taken = new Taken(again.traffic(), Math.min(taken.cpuMicros(), again.cpuMicros()));
    }
    return taken;
  }

  private Taken taken(Runnable work) {
    Traffic before = cluster.traffic().now();
    long cpu = THREADS.getCurrentThreadCpuTime();
    work.run();
    cpu = THREADS.getCurrentThreadCpuTime() - cpu;
    return new Taken(
        cluster.traffic().since(before), cpu / (double) TimeUnit.MICROSECONDS.toNanos(1));
  }

  private record Taken(Traffic traffic, double cpuMicros) {
    Cost all() {
      return new Cost(traffic.frames(), traffic.bytes(), cpuMicros);
    }

    Cost without(int kind) {
      return new Cost(
          traffic.frames() - traffic.frames(kind),
          traffic.bytes() - traffic.bytes(kind),
          cpuMicros);
    }
  }

  /** How much of the time goes into the events of one node; the caller's side is its part. */
  private static final class WriterShare {
    /** No event takes so long: the collector was at work, or another process. */
    private static final long PAUSE_NANOS = 1_000_000;

    private final NodeAddress writer;
    private long last;
    private long atWriter;
    private long atAll;

    WriterShare(NodeAddress writer) {
      this.writer = writer;
    }

    void begin() {
      last = System.nanoTime();
    }

    void ran(NodeAddress node) {
      long now = System.nanoTime();
      long took = now - last;
      last = now;
      if (took < PAUSE_NANOS) {
        atAll += took;
        atWriter += node.equals(writer) ? took : 0;
      }
    }

    double share() {
      return (double) atWriter / atAll;
    }
  }
}
