package dev.cets.server.cli;

import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Terminal;
import dev.cets.server.demo.Demo;
import dev.cets.server.demo.DemoFailure;
import dev.cets.server.demo.DemoResult;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The demonstration. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a cluster of processes on this machine, loads places of the world, writes from every",
      "node, kills one, starts it again, and compares all replicas. Exit code 0: they are equal."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {"0:all replicas are equal", "1:they are not, or it failed", Help.USAGE},
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets demo", "  ./cets demo --nodes 5 --seconds 60"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--nodes",
      defaultValue = "3",
      description = "How many processes, 2 to 9 (default: ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "How long writes go on, 3 to 3600 (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--json", description = "Prints the result as one JSON document.")
  private boolean json;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws DemoFailure, DaemonFailure, InterruptedException {
    require("--nodes", nodes, 2, 9);
    require("--seconds", seconds, 3, 3600);
    DemoResult result = new Demo(nodes, Duration.ofSeconds(seconds), terminal, json).run();
    if (json) {
      terminal.out().println(result.json());
    }
    return result.equal() ? 0 : 1;
  }

  private void require(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new ParameterException(
          spec.commandLine(), "%s is %d; %d to %d is allowed".formatted(option, value, min, max));
    }
  }
}
