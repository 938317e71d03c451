package dev.cets.bench.jmh;

import dev.cets.CetsNode;
import dev.cets.Receipt;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.bench.member.Item;
import dev.cets.micrometer.CetsMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a write costs when somebody wants to know how it ended. By a node alone, from a caller that
 * waits for 100 at once: of all writes these are the cheapest, so what is added shows best.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WatchedWriteBenchmark {
  private static final int BULK = 100;

  /** Who wants to know. */
  public enum Watch {
    /** Nobody does. */
    NOBODY,
    /** Meters in a registry for Prometheus, as the daemon has them. */
    METERS,
    /** Flight Recorder runs by its own defaults, but for the library's events. */
    RECORDER_WITHOUT_CETS,
    /** It runs by its defaults. */
    RECORDER
  }

  /** All of them. */
  @Param public Watch watch = Watch.NOBODY;

  private final Keys keys = new Keys();
  private final List<Item> items = new ArrayList<>();
  private final List<CompletableFuture<Receipt>> writes = new ArrayList<>(BULK);
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final CetsNode node = CetsNode.builder("bench").start();
  private final SetTable<String, Item> table =
      node.open(TableSpec.set("items", String.class, Item.class, Item::key));

  /** Fills the table. */
  public WatchedWriteBenchmark() {
    for (int i = 0; i < Keys.COUNT; i++) {
      items.add(Item.of(i));
    }
    for (int i = 0; i < Keys.COUNT; i += BULK) {
      table.insertMany(items.subList(i, i + BULK));
    }
  }

  /** Begins to watch. */
  @Setup
  public void begin() throws IOException, ParseException {
    switch (watch) {
      case NOBODY -> {}
      case METERS -> {
        CetsMeters meters = new CetsMeters(node);
        opened.add(meters);
        meters.bindTo(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
      }
      case RECORDER_WITHOUT_CETS -> {
        Recording recording = recording();
        recording.disable("dev.cets.Write");
        recording.start();
      }
      case RECORDER -> recording().start();
    }
  }

  private Recording recording() throws IOException, ParseException {
    Recording recording = new Recording(Configuration.getConfiguration("default"));
    opened.add(recording);
    recording.setToDisk(false);
    return recording;
  }

  /** Ends it all. */
  @TearDown
  public void end() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    node.close();
  }

  /** Each overwrites. */
  @Benchmark
  @OperationsPerInvocation(BULK)
  public void insert() {
    for (int i = 0; i < BULK; i++) {
      writes.add(table.insertAsync(items.get(keys.nextPlace())));
    }
    writes.forEach(CompletableFuture::join);
    writes.clear();
  }
}
