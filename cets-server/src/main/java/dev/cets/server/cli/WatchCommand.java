package dev.cets.server.cli;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.client.WatchReader;
import dev.cets.server.console.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What changes. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Prints every change of a table as a JSON line: 'event' is insert, update or delete, with",
      "'key', 'old', 'new' and 'cause'; or gap, if this end was too slow and changes are left out.",
      "Ends with the event closed and exit code 0 when the daemon ends; if the daemon is lost",
      "without that: exit code 1."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {
      "0:the daemon ended, or who read it",
      "1:the daemon was lost, or it failed",
      Help.USAGE
    },
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets watch places", "  ./cets watch places --snapshot --http 7881"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class WatchCommand implements Callable<Integer> {
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);
  private static final String CLOSED = "{\"event\":\"closed\"}";

  private final Terminal terminal;

  @Parameters(paramLabel = "TABLE", description = "The table.")
  private String table;

  @Option(
      names = "--snapshot",
      description = {
        "Begins with all records, and repeats them after a gap: 'event' is snapshot with the",
        "number of 'records', then record with 'key' and 'new' for each."
      })
  private boolean snapshot;

  @Mixin private DaemonOptions daemon;

  WatchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Option(names = "--json", description = "Changes nothing: events are JSON lines already.")
  void json(boolean accepted) {}

  @Override
  public Integer call() throws DaemonFailure, CommandFailure {
    try (DaemonClient client = daemon.connect();
        WatchReader events = client.watch(table, snapshot, SILENCE_LIMIT)) {
      return print(events);
    } catch (IOException e) {
      throw new CommandFailure("cannot watch: " + e.getMessage());
    }
  }

  /** Who closes its end of the pipe has seen what it wanted to see. */
  private int print(WatchReader events) throws DaemonFailure {
    while (!terminal.out().checkError()) {
      String event = events.next();
      terminal.out().println(event);
      if (event.equals(CLOSED)) {
        return 0;
      }
    }
    return 0;
  }
}
