package dev.cets.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run as a part of a page in Markdown. The part stands between two marks; what is written by hand
 * around it stays.
 */
public final class Page {
  private static final String BEGIN =
      "<!-- From here to the end mark: made by './cets bench --markdown'. -->";
  private static final String END = "<!-- End of what is made. -->";

  private static final List<String> SYSTEMS = List.of("cets", "hazelcast", "infinispan", "jgroups");

  private static final Map<String, String> TITLES =
      Map.of(
          "cets", "CETS",
          "hazelcast", "Hazelcast ReplicatedMap",
          "infinispan", "Infinispan REPL_SYNC",
          "jgroups", "JGroups ReplicatedHashMap",
          "raw", "plain sockets");

  private Page() {}

  /**
   * The page with this run in the place of the one before; an empty page begins with it.
   *
   * @throws IllegalArgumentException if the page has text but no marks
   */
  public static String with(String page, Document document) {
    check(page);
    String part = BEGIN + "\n" + part(document) + END + "\n";
    if (page.isBlank()) {
      return "# Benchmarks\n" + part;
    }
    int end = page.indexOf(END) + END.length();
    return page.substring(0, page.indexOf(BEGIN)) + part + page.substring(end).stripLeading();
  }

  /**
   * Can a run be put into this page?
   *
   * @throws IllegalArgumentException if it has text but no marks
   */
  public static void check(String page) {
    int begin = page.indexOf(BEGIN);
    if (!page.isBlank() && (begin < 0 || page.indexOf(END) < begin)) {
      throw new IllegalArgumentException(
          "the page has no part to write over; it needs the lines '"
              + BEGIN
              + "' and '"
              + END
              + "'");
    }
  }

  private static String part(Document document) {
    StringBuilder text = new StringBuilder(setting(document.setting()));
    List<String> systems = SYSTEMS.stream().filter(system -> appears(document, system)).toList();
    text.append("\n| metric | unit | ")
        .append(systems.stream().map(TITLES::get).collect(Collectors.joining(" | ")))
        .append(" | to the best of the others |\n|---|---|")
        .append("---|".repeat(systems.size() + 1))
        .append('\n');
    for (Metric metric : Metric.values()) {
      if (systems.stream().anyMatch(system -> appears(document, system, metric))) {
        text.append(row(document, systems, metric));
      }
    }
    document
        .result("raw", Metric.RAW_ROUNDTRIP)
        .ifPresent(
            raw ->
                text.append("\nThe ceiling, `raw_roundtrip`: ")
                    .append(Figures.cell(document, "raw", Metric.RAW_ROUNDTRIP))
                    .append(" round trips/s from one writer to two peers and back over ")
                    .append(TITLES.get("raw"))
                    .append(ceiling(document, raw))
                    .append('\n'));
    return text.append(legend(document)).toString();
  }

  private static String setting(Setting setting) {
    String versions =
        setting.versions().entrySet().stream()
            .map(version -> TITLES.get(version.getKey()) + " " + version.getValue())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "Run of %s, %d s: `%s`. %d cores, %d GiB, %s; JDK %s, `%s`. %s.%n"
            + "A cell is the median of its rounds, with the least and the greatest.%n",
        setting.date(),
        setting.seconds(),
        setting.command(),
        setting.cores(),
        setting.memoryGib(),
        setting.os(),
        setting.jdk(),
        setting.jvmFlags(),
        versions);
  }

  private static String row(Document document, List<String> systems, Metric metric) {
    List<String> cells = new ArrayList<>(List.of("`" + metric.id() + "`", metric.unit()));
    systems.forEach(system -> cells.add(Figures.cell(document, system, metric)));
    cells.add(ratio(document, systems, metric));
    return "| " + String.join(" | ", cells) + " |\n";
  }

  /** How often better than the best peer: more of a rate, less of anything else. */
  private static String ratio(Document document, List<String> systems, Metric metric) {
    List<Double> peers =
        systems.stream()
            .filter(system -> !system.equals("cets"))
            .flatMap(system -> document.result(system, metric).stream())
            .map(Result::value)
            .sorted()
            .toList();
    return document
        .result("cets", metric)
        .filter(own -> !peers.isEmpty())
        .map(
            own ->
                Figures.text(own.value() / (metric.isRate() ? peers.getLast() : peers.getFirst()))
                    + " x")
        .orElse("");
  }

  private static String ceiling(Document document, Result raw) {
    return document
        .result("cets", Metric.INSERT_SYNC_1)
        .map(
            own ->
                String.format(
                    Locale.ROOT,
                    "; `insert_sync_1` of CETS reaches %.0f %% of it.",
                    100 * own.value() / raw.value()))
        .orElse(".");
  }

  private static String legend(Document document) {
    Set<String> shown = document.results().stream().map(Result::metric).collect(Collectors.toSet());
    StringBuilder text = new StringBuilder("\n");
    for (Metric metric : Metric.values()) {
      if (shown.contains(metric.id())) {
        text.append("- `").append(metric.id()).append("`: ").append(metric.what()).append('\n');
      }
    }
    return text.toString();
  }

  private static boolean appears(Document document, String system) {
    return document.results().stream().anyMatch(result -> result.system().equals(system));
  }

  private static boolean appears(Document document, String system, Metric metric) {
    return document.result(system, metric).isPresent();
  }
}
