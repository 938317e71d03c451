package dev.cets.bench;

import dev.cets.bench.report.JoinReport;
import dev.cets.bench.suite.Jvm;
import dev.cets.bench.suite.Kind;
import dev.cets.bench.suite.SizedJoin;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of one join. */
@Command(
    name = "--join",
    mixinStandardHelpOptions = true,
    description = {
      "An empty node joins nodes that hold many records: how long it takes, with what heap.",
      "One of them writes 200 a second meanwhile. Exit code 1 if it cannot, such as when a heap is"
          + " full."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:joined", "1:it could not", "2:wrongly used"},
    footerHeading = "%nExamples:%n",
    footer = {"  ./cets bench --join --records 1000000 --heap 1g"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class JoinCommand implements Callable<Integer> {
  private static final int SMALL = 100_000;
  private static final int MOST_NODES = 32;
  private static final int MOST_VALUE_BYTES = 1 << 19;

  private final PrintStream out;
  private final PrintStream err;
  private final List<String> typed;

  @Spec private CommandSpec spec;

  @Option(names = "--records", defaultValue = "1000000", description = "${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--value-bytes",
      defaultValue = "48",
      description = "Of each record, beside a key such as key-12345; ${DEFAULT-VALUE}.")
  private int valueBytes;

  @Option(
      names = "--nodes",
      defaultValue = "2",
      description = "How many nodes hold the records before; ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      description = "The heap of each node; ${DEFAULT-VALUE}.")
  private String heap;

  @Option(names = "--json", description = "Prints the result as one JSON document.")
  private boolean json;

  JoinCommand(PrintStream out, PrintStream err, String... typed) {
    this.out = out;
    this.err = err;
    this.typed = List.of(typed);
  }

  @Override
  public Integer call() {
    require("--records", records, 1, Integer.MAX_VALUE);
    require("--value-bytes", valueBytes, 1, MOST_VALUE_BYTES);
    require("--nodes", nodes, 1, MOST_NODES);
    Jvm jvm = jvm();
    jvm.requireJars(List.of(Kind.CETS));
    JoinReport report =
        new SizedJoin(records, valueBytes, nodes, jvm, err)
            .run(String.join(" ", "./cets bench", String.join(" ", typed)));
    if (json) {
      out.println(report.json());
    } else {
      report.print(out);
    }
    return 0;
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + "; it must be " + least + " to " + most);
    }
  }

  private Jvm jvm() {
    try {
      return Jvm.here(records < SMALL).withHeap(heap);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }
}
