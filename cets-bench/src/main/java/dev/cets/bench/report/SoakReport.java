package dev.cets.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cets.bench.member.Vitals;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What a soak ends with; its text is JSON.
 *
 * @param nodes how many
 * @param keys how many keys are written
 * @param samples in the order of time
 * @param pauses in the order of time
 * @param failures what went wrong, one sentence each; memory that grows is not among them
 * @param setting where and how
 */
public record SoakReport(
    int nodes,
    int keys,
    List<SoakSample> samples,
    List<SoakPause> pauses,
    List<String> failures,
    Setting setting) {
  /** Longer pauses let the others hold the node to be down. */
  private static final double SILENCE_LIMIT_SECONDS = 8;

  private static final double MIB = 1L << 20;

  /** What collections and caches differ by, in a heap of any size. */
  private static final double HEAP_SLACK = 4 * MIB;

  /** The JVM takes and gives back memory in larger steps. */
  private static final double RSS_SLACK = 32 * MIB;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The live heap of a node. */
  public Growth heap(int node) {
    return Growth.of(all(node, Vitals::heapBytes), HEAP_SLACK);
  }

  /** The memory of a node's process. */
  public Growth rss(int node) {
    return Growth.of(all(node, Vitals::rssBytes), RSS_SLACK);
  }

  private List<Long> all(int node, ToLongFunction<Vitals> figure) {
    return samples.stream()
        .map(sample -> sample.nodes().get(node))
        .filter(Objects::nonNull)
        .map(figure::applyAsLong)
        .toList();
  }

  /** All that went wrong, memory that grows included; empty if the soak went well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>(failures);
    for (int node = 0; node < nodes; node++) {
      grown(problems, node, "live heap", heap(node));
      grown(problems, node, "resident memory", rss(node));
    }
    return problems;
  }

  private static void grown(List<String> problems, int node, String what, Growth growth) {
    if (growth.grows()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "the %s of n%d grows: %.1f MiB in the second third, %.1f MiB in the last",
              what,
              node + 1,
              growth.before() / MIB,
              growth.after() / MIB));
    }
  }

  /** Prints a few lines for a terminal. */
  public void print(PrintStream out) {
    long longer =
        pauses.stream().filter(pause -> pause.lengthSeconds() > SILENCE_LIMIT_SECONDS).count();
    out.printf(
        Locale.ROOT,
        "%d s, %d nodes, %,d keys; a node was stopped %d times, %d of them for over %.0f s%n",
        setting.seconds(),
        nodes,
        keys,
        pauses.size(),
        longer,
        SILENCE_LIMIT_SECONDS);
    for (int node = 0; node < nodes; node++) {
      out.printf(
          Locale.ROOT,
          "n%d: live heap %s, resident memory %s; %,d records written, %,d calls refused,"
              + " %,d unknown, %,d versions mended%n",
          node + 1,
          thirds(heap(node)),
          thirds(rss(node)),
          last(node, Vitals::written),
          last(node, Vitals::refused),
          last(node, Vitals::unknown),
          last(node, Vitals::mended));
    }
    out.printf(
        Locale.ROOT,
        "after a pause: all writers wrote again within %.1f s, all nodes were joined within %.1f s,"
            + " equal within %.1f s%n",
        longest(SoakPause::writingSeconds),
        longest(SoakPause::joinedSeconds),
        longest(SoakPause::equalSeconds));
    List<String> problems = problems();
    problems.forEach(problem -> out.println("WRONG: " + problem));
    if (problems.isEmpty()) {
      out.println("nothing went wrong");
    }
  }

  private static String thirds(Growth growth) {
    return growth.before() == 0
        ? "not judged"
        : String.format(
            Locale.ROOT, "%.1f, then %.1f MiB", growth.before() / MIB, growth.after() / MIB);
  }

  private long last(int node, ToLongFunction<Vitals> figure) {
    List<Long> all = all(node, figure);
    return all.isEmpty() ? 0 : all.getLast();
  }

  private double longest(ToDoubleFunction<SoakPause> time) {
    return pauses.stream().mapToDouble(time).max().orElse(0);
  }

  /** As text. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * From text.
   *
   * @throws IllegalArgumentException if it is not the text of a soak; the message says why
   */
  public static SoakReport parse(String json) {
    try {
      return JSON.readValue(json, SoakReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the result of a soak: " + e.getOriginalMessage(), e);
    }
  }
}
