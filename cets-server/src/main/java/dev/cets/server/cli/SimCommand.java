package dev.cets.server.cli;

import dev.cets.server.console.Progress;
import dev.cets.server.console.Terminal;
import dev.cets.testkit.scale.Scale;
import dev.cets.testkit.scale.ScaleFigures;
import dev.cets.testkit.sim.Campaign;
import dev.cets.testkit.sim.CampaignReport;
import dev.cets.testkit.sim.PlantedDefects;
import dev.cets.testkit.sim.PlantedDefects.Finding;
import dev.cets.testkit.sim.Simulation;
import dev.cets.testkit.sim.SimulationResult;
import dev.cets.testkit.sim.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The simulator. */
@Command(
    name = "sim",
    mixinStandardHelpOptions = true,
    description = {
      "Walks clusters of the real nodes through random faults in virtual time, and checks what",
      "must hold after every step and in the end. Exit code 0: all of it held.",
      "With --planted it breaks one rule of the protocol after the other, and has to notice.",
      "With --scale nothing goes wrong, and it tells what clusters of 3 to 64 nodes cost."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {
      "0:all of it held",
      "1:something did not hold, or a broken rule was not noticed",
      Help.USAGE
    },
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets sim --seeds 500", "  ./cets sim --seed 7 --trace"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class SimCommand implements Callable<Integer> {
  private static final long MAX_SEEDS = 1_000_000_000;
  private static final int MAX_THREADS = 1_000;

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many walks (default: ${DEFAULT-VALUE}).")
  private long seeds;

  @Option(
      names = "--from",
      paramLabel = "SEED",
      defaultValue = "0",
      description = "The first seed (default: ${DEFAULT-VALUE}).")
  private long from;

  @Option(names = "--seed", paramLabel = "SEED", description = "Walks with this seed alone.")
  private @Nullable Long seed;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = {
        "How many nodes, 2 to 9; if not given, each seed says.",
        "With --scale: this size alone, 3 to 64."
      })
  private @Nullable Integer nodes;

  @Option(names = "--trace", description = "With --seed: prints everything that happens.")
  private boolean trace;

  @Option(names = "--planted", description = "Breaks every rule, one at a time.")
  private boolean planted;

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description = "With --planted: breaks this one only; may be given several times.")
  private List<String> rules = List.of();

  @Option(
      names = "--scale",
      description = {
        "Tells messages, bytes and processor time of writes, idle seconds, comparisons and joins,",
        "with 3 to 64 nodes and two numbers of records; takes about a minute."
      })
  private boolean scale;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "With --scale: only this many records, 100 to 10,000,000.")
  private @Nullable Integer records;

  @Option(
      names = "--cold",
      hidden = true,
      description = "With --scale: without warming up; for tests of the command itself.")
  private boolean cold;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many walks at once; if not given, one for each processor.")
  private @Nullable Integer threads;

  @Option(names = "--json", description = "Prints the result as one JSON document.")
  private boolean json;

  SimCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    require("--seeds", seeds, 1, MAX_SEEDS);
    if (scale) {
      return measureSizes();
    }
    if (records != null) {
      throw new ParameterException(spec.commandLine(), "--records goes with --scale");
    }
    require("--nodes", nodes == null ? 2 : nodes, 2, 9);
    require("--threads", threads(), 1, MAX_THREADS);
    if (trace && (seed == null || json || planted)) {
      throw new ParameterException(
          spec.commandLine(), "--trace goes with --seed, and not with --json or --planted");
    }
    requireRules();
    if (planted) {
      return plantDefects(rules.isEmpty() ? PlantedDefects.names() : rules);
    }
    Long one = seed;
    return one != null && trace ? trace(walk(one)) : walkAll(one == null ? from : one);
  }

  private int measureSizes() {
    if (planted || trace || seed != null) {
      throw new ParameterException(
          spec.commandLine(), "--scale does not go with --planted, --seed or --trace");
    }
    require("--nodes", nodes == null ? 3 : nodes, 3, 64);
    require("--records", records == null ? 100 : records, 100, 10_000_000);
    ScaleRun run = new ScaleRun(terminal, nodes, records);
    if (!cold) {
      Scale.warmUp();
    }
    List<ScaleFigures> measured = run.measure();
    if (json) {
      terminal.out().println(ScaleReport.json(measured));
    } else {
      ScaleReport.print(terminal.out(), measured);
    }
    return measured.size() == run.sizes() ? 0 : 1;
  }

  private int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  private Walk walk(long ofSeed) {
    Walk walk = Walk.of(ofSeed);
    return nodes == null ? walk : walk.withNodes(nodes);
  }

  private int trace(Walk walk) {
    SimulationResult result = Simulation.trace(walk, terminal.out()::println);
    String violation = result.violation();
    terminal.out().println(violation == null ? "no violation" : "violation: " + violation);
    return violation == null ? 0 : 1;
  }

  private int walkAll(long first) {
    long count = seed == null ? seeds : 1;
    CampaignReport report;
    double seconds;
    try (Progress progress = new Progress(terminal, "sim", count, "seeds")) {
      report =
          new Campaign(this::walk, threads())
              .run(first, count, (walked, last) -> progress.update(walked, walked));
      seconds = progress.seconds();
    }
    if (json) {
      terminal.out().println(SimReport.json(report));
    } else {
      SimReport.print(terminal.out(), report, seconds);
    }
    return report.violations().isEmpty() ? 0 : 1;
  }

  private int plantDefects(List<String> names) {
    List<Finding> findings = new ArrayList<>();
    try (Progress progress = new Progress(terminal, "sim --planted", names.size(), "defects")) {
      for (String name : names) {
        Finding finding = PlantedDefects.find(name, threads());
        findings.add(finding);
        progress.update(findings.size(), findings.size());
        if (!json) {
          progress.clear();
          SimReport.print(terminal.out(), finding);
        }
      }
    }
    if (json) {
      terminal.out().println(SimReport.json(findings));
    }
    return findings.stream().allMatch(finding -> finding.found() != null) ? 0 : 1;
  }

  private void requireRules() {
    if (!planted && !rules.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--rule goes with --planted");
    }
    List<String> known = PlantedDefects.names();
    for (String rule : rules) {
      if (!known.contains(rule)) {
        throw new ParameterException(
            spec.commandLine(), "there is no rule '%s'; there are %s".formatted(rule, known));
      }
    }
  }

  private void require(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d; %d to %d is allowed".formatted(option, value, min, max));
    }
  }
}
