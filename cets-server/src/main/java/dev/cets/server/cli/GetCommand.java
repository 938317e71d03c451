package dev.cets.server.cli;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One record. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = "Prints the record of a key. If there is none: exit code 1.")
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class GetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "TABLE", description = "The table.")
  private String table;

  @Parameters(paramLabel = "KEY", description = "The key.")
  private String key;

  @Mixin private DaemonOptions daemon;

  GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Option(names = "--json", description = "Changes nothing: a record is JSON already.")
  void json(boolean accepted) {}

  @Override
  public Integer call() throws DaemonFailure {
    try (DaemonClient client = daemon.connect()) {
      terminal.out().println(new String(client.get(table, key), StandardCharsets.UTF_8));
      return 0;
    }
  }
}
