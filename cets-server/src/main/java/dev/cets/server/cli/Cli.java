package dev.cets.server.cli;

import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Terminal;
import dev.cets.server.daemon.DaemonException;
import dev.cets.server.demo.DemoFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs one command of the command line. */
public final class Cli {
  private static final String NODE = "node";

  private Cli() {}

  /** The exit code: 0 done, 1 failed, 2 wrongly used. */
  public static int run(Terminal terminal, String... args) {
    return run(terminal, System.getenv(), args);
  }

  /** As the other, in another environment. */
  public static int run(Terminal terminal, Map<String, String> environment, String... args) {
    CommandLine cli = of(terminal, environment);
    cli.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    cli.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    cli.setCaseInsensitiveEnumValuesAllowed(true);
    cli.setParameterExceptionHandler((e, badArgs) -> usageError(terminal, e));
    cli.setExecutionExceptionHandler((e, command, parsed) -> failure(terminal, command, e));
    try {
      return cli.execute(expanded(cli, environment, args));
    } catch (IllegalArgumentException e) {
      String command = "cets " + args[0];
      say(terminal, command, e.getMessage() + "; see '" + command + " --help'");
      return CommandLine.ExitCode.USAGE;
    }
  }

  /** All commands, with their help. */
  static CommandLine of(Terminal terminal, Map<String, String> environment) {
    boolean coloured = terminal.isColoured(environment);
    CommandLine cli =
        new CommandLine(new RootCommand())
            .addSubcommand(new DemoCommand(terminal))
            .addSubcommand(new NodeCommand(terminal))
            .addSubcommand(new LoadCommand(terminal))
            .addSubcommand(new DumpCommand(terminal))
            .addSubcommand(new GetCommand(terminal))
            .addSubcommand(new InsertCommand(terminal))
            .addSubcommand(new InsertNewCommand(terminal))
            .addSubcommand(new DeleteCommand(terminal))
            .addSubcommand(new WatchCommand(terminal))
            .addSubcommand(new TablesCommand(terminal))
            .addSubcommand(new CompareCommand(terminal))
            .addSubcommand(new StatusCommand(terminal))
            .addSubcommand(new TopCommand(terminal, coloured))
            .addSubcommand(new SimCommand(terminal));
    cli.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            coloured ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return cli;
  }

  private static String[] expanded(
      CommandLine cli, Map<String, String> environment, String... args) {
    CommandLine node = cli.getSubcommands().get(NODE);
    return args.length > 0 && args[0].equals(NODE) && node != null
        ? NodeOptions.expand(args, environment, node.getCommandSpec())
        : args;
  }

  private static int usageError(Terminal terminal, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    say(terminal, command, e.getMessage() + "; see '" + command + " --help'");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failure(Terminal terminal, CommandLine command, Exception e) {
    String name = command.getCommandSpec().qualifiedName();
    switch (e) {
      case CommandFailure failure -> say(terminal, name, String.valueOf(failure.getMessage()));
      case DaemonFailure failure -> say(terminal, name, String.valueOf(failure.getMessage()));
      case DaemonException failure -> say(terminal, name, String.valueOf(failure.getMessage()));
      case DemoFailure failure -> say(terminal, name, String.valueOf(failure.getMessage()));
      default -> say(terminal, name, "failed in a way it should not: " + e);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static void say(Terminal terminal, String command, String message) {
    terminal.err().println(command + ": " + message.replaceAll("\\s*\\R\\s*", " "));
  }
}
