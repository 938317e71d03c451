package dev.cets.bench.suite;

import dev.cets.bench.member.Vitals;
import dev.cets.bench.report.Settings;
import dev.cets.bench.report.SoakPause;
import dev.cets.bench.report.SoakReport;
import dev.cets.bench.report.SoakSample;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes that write for long while one of them is stopped now and then. After each pause every
 * writer of every node must write again, and the nodes must find each other equal; in the end they
 * must hold the same. The first thing that goes wrong ends it, with the threads of all nodes.
 */
public final class Soak {
  private static final int NODES = 3;

  /** A write that was begun before fails after 10 s; what comes after it has to be fast. */
  private static final long WRITES_AGAIN_SECONDS = 30;

  private static final long EQUAL_SECONDS = 60;
  private static final long POLL_MILLIS = 50;

  private final SoakPlan plan;
  private final int keys;
  private final Jvm jvm;
  private final PrintStream progress;
  private final Random random;
  private final List<SoakSample> samples = new ArrayList<>();
  private final List<SoakPause> pauses = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private long begin;
  private long nextSample;

  /**
   * One to run.
   *
   * @param minutes how long there are writes
   * @param keys how many keys are written
   * @param progress where it is told what goes on
   */
  public Soak(double minutes, int keys, Jvm jvm, long seed, PrintStream progress) {
    this.plan = SoakPlan.of(minutes);
    this.keys = keys;
    this.jvm = jvm;
    this.random = new Random(seed);
    this.progress = progress;
  }

  /** Runs it to its end, or to the first thing that goes wrong. */
  public SoakReport run(String command) {
    long started = System.nanoTime();
    try (Cluster cluster = Cluster.open(Kind.CETS, jvm, NODES, "owned")) {
      // A process that is stopped does not notice that this one has ended.
      Thread end = new Thread(() -> cluster.members().forEach(Child::kill));
      Runtime.getRuntime().addShutdownHook(end);
      try {
        churn(cluster);
      } finally {
        Runtime.getRuntime().removeShutdownHook(end);
      }
    } catch (ChildException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
    return new SoakReport(
        NODES,
        keys,
        List.copyOf(samples),
        List.copyOf(pauses),
        List.copyOf(failures),
        Settings.here(command, jvm.flags(), seconds));
  }

  private void churn(Cluster cluster) {
    cluster.member(0).ask("load 0 " + keys);
    for (int i = 0; i < NODES; i++) {
      cluster.member(i).ask("await-joined " + NODES);
      cluster.member(i).ask("churn-start " + keys + " " + random.nextInt());
    }
    begin = System.nanoTime();
    while (goesOn(cluster, plan.quiet(random), null)
        && elapsed() + plan.longestPause() < plan.total()) {
      pause(cluster, random.nextInt(NODES), plan.pause(random));
    }
    goesOn(cluster, plan.total() - elapsed(), null);
    if (failures.isEmpty()) {
      cluster.members().forEach(member -> member.ask("churn-stop"));
      awaitJoined(cluster);
      awaitEqual(cluster);
      sample(cluster, null);
      requireSameContents(cluster);
    }
  }

  private long elapsed() {
    return System.nanoTime() - begin;
  }

  /** Looks at the nodes for a time; says whether all went well so far. */
  private boolean goesOn(Cluster cluster, long nanos, @Nullable Integer stopped) {
    long end = elapsed() + nanos;
    while (failures.isEmpty() && elapsed() < end) {
      if (elapsed() >= nextSample) {
        nextSample = elapsed() + plan.sample();
        sample(cluster, stopped);
      } else {
        LockSupport.parkNanos(this, Math.min(end, nextSample) - elapsed());
      }
    }
    return failures.isEmpty();
  }

  private void sample(Cluster cluster, @Nullable Integer stopped) {
    double at = JoinSuite.seconds(elapsed());
    List<@Nullable Vitals> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      if (stopped != null && stopped == i) {
        nodes.add(null);
      } else {
        Vitals vitals = Vitals.of(cluster.member(i).ask("vitals"));
        judge(cluster, i, vitals);
        nodes.add(vitals);
      }
    }
    samples.add(new SoakSample(at, nodes));
  }

  private void judge(Cluster cluster, int node, Vitals vitals) {
    if (vitals.failed() > 0) {
      String first = String.join(" ", cluster.member(node).ask("failure"));
      fail(vitals.failed() + " calls of n" + (node + 1) + " failed, first: " + first);
    }
    if (vitals.mended() > 0) {
      fail("n" + (node + 1) + " mended " + vitals.mended() + " versions; none should differ");
    }
    if (vitals.deadlocked() > 0) {
      fail(vitals.deadlocked() + " threads of n" + (node + 1) + " are deadlocked");
      tellThreads(cluster);
    }
  }

  private void fail(String what) {
    failures.add(what);
  }

  private void tellThreads(Cluster cluster) {
    cluster.members().forEach(member -> progress.println(member.threads()));
  }

  private void pause(Cluster cluster, int node, long nanos) {
    double from = JoinSuite.seconds(elapsed());
    cluster.member(node).freeze();
    goesOn(cluster, nanos, node);
    long thawed = System.nanoTime();
    cluster.member(node).thaw();
    if (failures.isEmpty()) {
      awaitWriting(cluster);
      double writing = JoinSuite.seconds(System.nanoTime() - thawed);
      awaitJoined(cluster);
      double joined = JoinSuite.seconds(System.nanoTime() - thawed);
      awaitEqual(cluster);
      double equal = JoinSuite.seconds(System.nanoTime() - thawed);
      double to = JoinSuite.seconds(thawed - begin);
      pauses.add(new SoakPause(node, from, to, writing, joined, equal));
      progress.printf(
          Locale.ROOT,
          "bench: at %.0f s n%d went on after %.1f s; all wrote after %.1f s, were joined after"
              + " %.1f s, equal after %.1f s%n",
          to,
          node + 1,
          to - from,
          writing,
          joined,
          equal);
    }
  }

  private void awaitWriting(Cluster cluster) {
    List<long[]> before = cluster.members().stream().map(Soak::written).toList();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WRITES_AGAIN_SECONDS);
    for (int i = 0; i < NODES; i++) {
      while (!hasGrown(before.get(i), written(cluster.member(i)))) {
        if (System.nanoTime() - end > 0) {
          fail(
              "not every writer of n"
                  + (i + 1)
                  + " writes again within "
                  + WRITES_AGAIN_SECONDS
                  + " s: "
                  + Arrays.toString(before.get(i))
                  + ", then "
                  + Arrays.toString(written(cluster.member(i))));
          tellThreads(cluster);
          return;
        }
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
      }
    }
  }

  private static long[] written(Child member) {
    return Arrays.stream(member.ask("written")).mapToLong(Long::parseLong).toArray();
  }

  /** Each of them. */
  private static boolean hasGrown(long[] before, long[] after) {
    for (int i = 0; i < before.length; i++) {
      if (after[i] <= before[i]) {
        return false;
      }
    }
    return true;
  }

  private static void awaitJoined(Cluster cluster) {
    cluster.members().forEach(member -> member.ask("await-joined " + NODES));
  }

  private void awaitEqual(Cluster cluster) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(EQUAL_SECONDS);
    for (int i = 0; i < NODES && failures.isEmpty(); i++) {
      String differences = differences(cluster.member(i));
      while (!differences.isEmpty()) {
        if (System.nanoTime() - end > 0) {
          fail("n" + (i + 1) + " is not equal within " + EQUAL_SECONDS + " s: " + differences);
          tellThreads(cluster);
          return;
        }
        progress.println("bench: n" + (i + 1) + " compares again: " + differences);
        differences = differences(cluster.member(i));
      }
    }
  }

  private static String differences(Child member) {
    return String.join(" ", member.ask("differences"));
  }

  /** Not as the library sees it: record by record. */
  private void requireSameContents(Cluster cluster) {
    List<String> contents =
        cluster.members().stream().map(member -> String.join(" ", member.ask("contents"))).toList();
    if (contents.stream().distinct().count() != 1) {
      fail("the nodes hold different records, by number and sum: " + contents);
    }
  }
}
