package dev.cets.bench.suite;

import dev.cets.bench.report.JoinReport;
import dev.cets.bench.report.Settings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One join of ours, of any size; what {@link JoinSuite} measures several of beside others. */
public final class SizedJoin {
  private static final int PACE_PER_SECOND = 200;

  private final int records;
  private final int valueBytes;
  private final int nodes;
  private final Jvm jvm;
  private final PrintStream progress;

  /**
   * One to run.
   *
   * @param records how many
   * @param valueBytes of each, beside its key
   * @param nodes how many hold them before
   * @param progress where it is told what goes on
   */
  public SizedJoin(int records, int valueBytes, int nodes, Jvm jvm, PrintStream progress) {
    this.records = records;
    this.valueBytes = valueBytes;
    this.nodes = nodes;
    this.jvm = jvm;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @throws RuntimeException if a node cannot, with its last words
   */
  public JoinReport run(String command) {
    long began = System.nanoTime();
    progress.println(
        String.format(Locale.ROOT, "bench: fills %d nodes with %,d records", nodes, records));
    try (Cluster cluster = Cluster.seed(Kind.CETS, jvm, nodes + 1, "set")) {
      for (int i = 1; i < nodes; i++) {
        cluster.begin(jvm).ask("open set");
      }
      cluster.member(0).ask("load 0 " + records + " " + valueBytes);
      cluster.members().forEach(member -> member.ask("await-size " + records));
      Child joining = cluster.begin(jvm);
      List<Long> before = new ArrayList<>();
      cluster.members().forEach(member -> before.add(member.number("peak-start")));
      long sent = cluster.sentBytes();
      progress.println("bench: an empty node joins");
      Child serving = cluster.member(0);
      serving.ask("paced-start " + PACE_PER_SECOND);
      double seconds = JoinSuite.join(joining, records);
      String[] paced = serving.ask("paced-stop");
      sent = cluster.sentBytes() - sent;
      List<JoinReport.Heap> heaps = heaps(cluster, before);
      return new JoinReport(
          records,
          valueBytes,
          seconds,
          sent,
          heaps.getLast(),
          heaps.subList(0, nodes),
          millis(paced[2]),
          millis(paced[0]),
          Integer.parseInt(paced[1]),
          Settings.here(
              command, jvm.flags(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)));
    }
  }

  private static double millis(String nanos) {
    return Long.parseLong(nanos) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }

  private static List<JoinReport.Heap> heaps(Cluster cluster, List<Long> before) {
    List<JoinReport.Heap> heaps = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      String[] peak = cluster.member(i).ask("peak");
      heaps.add(
          new JoinReport.Heap(
              before.get(i),
              Long.parseLong(peak[0]),
              Long.parseLong(peak[1]),
              Long.parseLong(peak[2])));
    }
    return heaps;
  }
}
