package dev.cets.bench.jmh;

import dev.cets.BenchWatch;
import dev.cets.CetsNode;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.bench.member.Item;
import dev.cets.micrometer.CetsMeters;
import dev.cets.replication.Outcome;
import dev.cets.table.BenchWatched;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What is added to a write when somebody wants to know how it ended: from its beginning on the
 * caller's thread to what is told on the loop, here on one thread and without the write itself,
 * whose changes of threads would hide it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WatchedWriteBenchmark {
  /** Who wants to know. */
  public enum Watch {
    /** Nobody does. */
    NOBODY,
    /** Meters in a registry for Prometheus, as the daemon has them. */
    METERS,
    /** Flight Recorder, by its defaults; no write takes as long as its event asks for. */
    RECORDER,
    /** Both. */
    METERS_AND_RECORDER
  }

  /** All of them, unless told. */
  @Param public Watch watch = Watch.NOBODY;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final CetsNode node = CetsNode.builder("bench").start();
  private final SetTable<String, Item> table =
      node.open(TableSpec.set("items", String.class, Item.class, Item::key));
  private final Outcome applied = Outcome.Applied.alone("bench");

  /** Begins to watch. */
  @Setup
  public void begin() throws IOException, ParseException {
    if (watch == Watch.METERS || watch == Watch.METERS_AND_RECORDER) {
      CetsMeters meters = new CetsMeters(node);
      opened.add(meters);
      meters.bindTo(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }
    if (watch == Watch.RECORDER || watch == Watch.METERS_AND_RECORDER) {
      Recording recording = new Recording(Configuration.getConfiguration("default"));
      opened.add(recording);
      recording.setToDisk(false);
      recording.start();
    }
  }

  /** Ends it all. */
  @TearDown
  public void end() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    node.close();
  }

  /** An insert that is applied at once. */
  @Benchmark
  public @Nullable Object insert() {
    return BenchWatched.insert(BenchWatch.of(table), "items", applied);
  }
}
