package dev.cets.bench;

import java.io.PrintStream;
import picocli.CommandLine;

/** The command {@code ./cets bench}. */
public final class Main {
  private Main() {}

  /** Runs it; the exit code is 0 if everything was measured that was to be. */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /** As {@link #main}, with other streams and without an end of the process. */
  public static int run(PrintStream out, PrintStream err, String... args) {
    CommandLine command = new CommandLine(new BenchCommand(out, err, args));
    command.addSubcommand(new SoakCommand(out, err, args));
    command.addSubcommand(new JoinCommand(out, err, args));
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          err.println("cets bench: " + e.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    command.setParameterExceptionHandler(
        (e, given) -> {
          err.println("cets bench: " + e.getMessage() + "; see 'cets bench --help'");
          return CommandLine.ExitCode.USAGE;
        });
    return command.execute(args);
  }
}
