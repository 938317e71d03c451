package dev.cets.bench;

import dev.cets.bench.report.SoakGraph;
import dev.cets.bench.report.SoakReport;
import dev.cets.bench.suite.Jvm;
import dev.cets.bench.suite.Kind;
import dev.cets.bench.suite.Soak;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the soak. */
@Command(
    name = "--soak",
    mixinStandardHelpOptions = true,
    description = {
      "Three nodes write for long, and one is stopped now and then for 2 to 40 s.",
      "Exit code 1 if memory grows, if a writer does not write again within 30 s after a pause, or"
          + " if nodes differ. Memory grows if the median of the last third of the samples is"
          + " larger than that of the second by a tenth and 4 MiB (live heap), or a tenth and 32"
          + " MiB (resident memory of a process)."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing went wrong",
      "1:memory grew, a writer stood still, or nodes differ",
      "2:wrongly used"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ./cets bench --soak --minutes 30 --graph soak.svg"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class SoakCommand implements Callable<Integer> {
  private static final double SHORT_MINUTES = 1;

  private final PrintStream out;
  private final PrintStream err;
  private final List<String> typed;

  @Spec private CommandSpec spec;

  @Option(names = "--minutes", defaultValue = "30", description = "How long; ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(
      names = "--keys",
      defaultValue = "100000",
      description = "How many keys are written; ${DEFAULT-VALUE}.")
  private int keys;

  @Option(
      names = "--heap",
      defaultValue = "256m",
      description = "The heap of each node; ${DEFAULT-VALUE}.")
  private String heap;

  @Option(names = "--seed", description = "Of what is random; told with the result.")
  private @Nullable Long seed;

  @Option(names = "--graph", paramLabel = "FILE", description = "Draws the result there, as SVG.")
  private @Nullable Path graph;

  @Option(names = "--json", description = "Prints the result as one JSON document.")
  private boolean json;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Runs nothing; takes the result of a soak with --json.")
  private @Nullable Path from;

  SoakCommand(PrintStream out, PrintStream err, String... typed) {
    this.out = out;
    this.err = err;
    this.typed = List.of(typed);
  }

  @Override
  public Integer call() throws IOException {
    Path earlier = from;
    Path picture = graph;
    if (picture != null) {
      GivenFile.requireWritable(spec, "--graph", picture); // before a run of hours
    }
    SoakReport report = earlier == null ? soak() : GivenFile.read(spec, earlier, SoakReport::parse);
    if (json) {
      out.println(report.json());
      report.problems().forEach(problem -> err.println("cets bench: " + problem));
    } else {
      report.print(out);
    }
    if (picture != null) {
      Files.writeString(picture, SoakGraph.svg(report));
    }
    return report.problems().isEmpty() ? 0 : 1;
  }

  private SoakReport soak() {
    if (!(minutes > 0 && minutes <= 10_000)) {
      throw new ParameterException(
          spec.commandLine(), "--minutes is " + minutes + "; it must be above 0, 10000 at most");
    }
    if (keys < 1) {
      throw new ParameterException(
          spec.commandLine(), "--keys is " + keys + "; it must be 1 at least");
    }
    Jvm jvm = jvm();
    jvm.requireJars(List.of(Kind.CETS));
    long chosen = seed == null ? new Random().nextLong() : seed;
    err.println("bench: seed " + chosen);
    return new Soak(minutes, keys, jvm, chosen, err)
        .run(String.join(" ", "./cets bench", String.join(" ", typed)));
  }

  private Jvm jvm() {
    try {
      return Jvm.here(minutes < SHORT_MINUTES).withHeap(heap);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
