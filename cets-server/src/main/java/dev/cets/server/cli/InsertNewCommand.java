package dev.cets.server.cli;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One write that overwrites nothing. */
@Command(
    name = "insert-new",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a record if its key has none. If there is one: exit code 1, and what stands of the"
          + " key",
      "on standard output, one record a line. Any other failure prints nothing there."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {"0:written", "1:the key has a record, or it failed", Help.USAGE},
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets insert-new places '{\"id\":2267057,\"name\":\"Lisboa\"}'"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class InsertNewCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "TABLE", description = "The table.")
  private String table;

  @Parameters(paramLabel = "JSON", description = "The record, a JSON object.")
  private String record;

  @Mixin private DaemonOptions daemon;

  @Option(
      names = "--json",
      description = "Prints one document: 'written', 1 or 0, and 'standing', the records there.")
  private boolean json;

  InsertNewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws DaemonFailure, CommandFailure {
    List<String> standing;
    try (DaemonClient client = daemon.connect()) {
      standing = client.insertNew(table, record.getBytes(StandardCharsets.UTF_8));
    }
    boolean written = standing.isEmpty();
    if (json) {
      terminal
          .out()
          .println(
              "{\"written\":%d,\"standing\":[%s]}"
                  .formatted(written ? 1 : 0, String.join(",", standing)));
    } else if (written) {
      terminal.out().println("inserted into " + table);
    } else {
      standing.forEach(terminal.out()::println);
    }
    if (!written) {
      throw new CommandFailure(
          "%s has a record with this key already; nothing is written".formatted(table));
    }
    return 0;
  }
}
