package dev.cets.server.cli;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All records. */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    description = "Prints the records of a table as JSON lines, in the order of their keys.")
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class DumpCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "TABLE", description = "The table.")
  private String table;

  @Option(names = "--prefix", defaultValue = "", description = "Only records whose key begins so.")
  private String prefix;

  @Mixin private DaemonOptions daemon;

  DumpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Option(names = "--json", description = "Changes nothing: a dump is JSON lines already.")
  void json(boolean accepted) {}

  @Override
  public Integer call() throws DaemonFailure, CommandFailure {
    try (DaemonClient client = daemon.connect()) {
      client.dump(table, prefix, terminal.out());
    } catch (IOException e) {
      throw new CommandFailure("cannot write the records: " + e.getMessage());
    }
    if (terminal.out().checkError()) {
      throw new CommandFailure("cannot write all records: standard output was closed");
    }
    return 0;
  }
}
