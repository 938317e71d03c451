package dev.cets.bench;

import dev.cets.bench.report.Document;
import dev.cets.bench.report.Metric;
import dev.cets.bench.report.Page;
import dev.cets.bench.report.Results;
import dev.cets.bench.report.Settings;
import dev.cets.bench.report.TextReport;
import dev.cets.bench.suite.Bench;
import dev.cets.bench.suite.Jvm;
import dev.cets.bench.suite.Kind;
import dev.cets.bench.suite.Plan;
import dev.cets.bench.suite.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the benchmark. */
@Command(
    name = "cets bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures CETS, and with --peers other systems beside it: the same work, three processes",
      "each on loopback, in turn. Exit code 0: everything was measured that was to be.",
      "All of it takes up to 25 minutes, --quick up to 3, on a machine that has nothing else to"
          + " do.",
      "With --soak or --join as the first word it does something else: see the help of these."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything was measured that was to be",
      "1:something could not be",
      "2:wrongly used"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./cets bench --quick", "  ./cets bench --peers --metric insert_sync_1 --json"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class BenchCommand implements Callable<Integer> {
  private static final List<Kind> PEERS = List.of(Kind.HAZELCAST, Kind.INFINISPAN, Kind.JGROUPS);

  private final PrintStream out;
  private final PrintStream err;
  private final List<String> typed;

  @Spec private CommandSpec spec;

  @Option(
      names = "--quick",
      description = "Fewer and shorter rounds, and the most telling metrics only.")
  private boolean quick;

  @Option(
      names = "--peers",
      description = "Also Hazelcast ReplicatedMap, Infinispan and JGroups ReplicatedHashMap.")
  private boolean peers;

  @Option(
      names = "--system",
      paramLabel = "NAME",
      description = "Only this one of them, beside CETS; may be given several times.")
  private List<String> systems = List.of();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "Only this one; may be given several times.")
  private List<String> metrics = List.of();

  @Option(names = "--json", description = "Prints the result as one JSON document.")
  private boolean json;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Writes the result into this page, over that of the run before.")
  private @Nullable Path markdown;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Measures nothing; takes the result of a run with --json.")
  private @Nullable Path from;

  @Option(
      names = "--records",
      paramLabel = "N",
      hidden = true,
      description = "How many records joins are about; for tests of the benchmark itself.")
  private @Nullable Integer records;

  @Option(
      names = "--millis",
      paramLabel = "N",
      hidden = true,
      description = "How long a round takes; for tests of the benchmark itself.")
  private @Nullable Integer millis;

  BenchCommand(PrintStream out, PrintStream err, String... typed) {
    this.out = out;
    this.err = err;
    this.typed = List.of(typed);
  }

  @Override
  public Integer call() throws IOException {
    Path earlier = from;
    Path page = markdown;
    if (page != null) {
      requirePage(page);
    }
    Document document =
        earlier == null ? measured() : GivenFile.read(spec, earlier, Document::parse);
    if (json) {
      out.println(document.json());
    } else {
      TextReport.print(document, out);
    }
    if (page != null) {
      Files.writeString(page, Page.with(text(page), document));
    }
    return document.whole() ? 0 : 1;
  }

  /** Before the run, which takes long. */
  private void requirePage(Path page) throws IOException {
    GivenFile.requireWritable(spec, "--markdown", page);
    try {
      Page.check(text(page));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--markdown " + page + ": " + e.getMessage(), e);
    }
  }

  private static String text(Path page) throws IOException {
    return Files.exists(page) ? Files.readString(page) : "";
  }

  private Document measured() {
    Plan plan = plan();
    List<Kind> kinds = kinds();
    Jvm jvm = Jvm.here(small());
    jvm.requireJars(kinds);
    Run run = new Run(plan, kinds, jvm, new Results(), err);
    if (!plan.leftOut().isEmpty() && metrics.isEmpty()) {
      err.println(
          "bench: left out by --quick: "
              + plan.leftOut().stream().map(Metric::id).collect(Collectors.joining(", ")));
    }
    long begin = System.nanoTime();
    Bench.run(run);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    String command = ("./cets bench " + String.join(" ", typed)).strip();
    return run.results().document(Settings.here(command, jvm.flags(), seconds));
  }

  private Plan plan() {
    Plan plan = quick ? Plan.quick() : Plan.full();
    if (!metrics.isEmpty()) {
      plan = plan.only(wanted());
    }
    if (small()) {
      plan = plan.small(records == null ? 10_000 : records, millis == null ? 100 : millis);
    }
    return plan;
  }

  private boolean small() {
    return records != null || millis != null;
  }

  private Set<Metric> wanted() {
    try {
      return metrics.stream()
          .map(Metric::of)
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Metric.class)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          e.getMessage()
              + "; there are "
              + EnumSet.allOf(Metric.class).stream()
                  .map(Metric::id)
                  .collect(Collectors.joining(", ")));
    }
  }

  private List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>(List.of(Kind.CETS));
    for (Kind peer : PEERS) {
      if (systems.isEmpty() ? peers : systems.contains(peer.id())) {
        kinds.add(peer);
      }
    }
    for (String system : systems) {
      if (PEERS.stream().noneMatch(peer -> peer.id().equals(system))) {
        throw new ParameterException(
            spec.commandLine(),
            "--system is '"
                + system
                + "'; there are "
                + PEERS.stream().map(Kind::id).collect(Collectors.joining(", ")));
      }
    }
    return kinds;
  }
}
