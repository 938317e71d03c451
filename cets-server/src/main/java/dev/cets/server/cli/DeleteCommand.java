package dev.cets.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Terminal;
import dev.cets.server.console.Texts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One removal. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = {
      "Removes the record of a key, of a bag all records of the key. If there is none, nothing",
      "happens: exit code 0."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {"0:no record of the key stands any more", Help.FAILED, Help.USAGE},
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets delete places 2267057"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class DeleteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "TABLE", description = "The table.")
  private String table;

  @Parameters(paramLabel = "KEY", description = "The key.")
  private String key;

  @Mixin private DaemonOptions daemon;

  @Option(names = "--json", description = "Prints the receipt as JSON.")
  private boolean json;

  DeleteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws DaemonFailure {
    try (DaemonClient client = daemon.connect()) {
      JsonNode receipt = client.delete(table, key);
      terminal.out().println(json ? receipt : sentence(receipt));
      return 0;
    }
  }

  private String sentence(JsonNode receipt) {
    return receipt.path("deleted").asInt() == 0
        ? "nothing to delete: %s has no record with key '%s'".formatted(table, key)
        : "deleted from %s, applied by %s".formatted(table, Texts.list(receipt.path("appliedBy")));
  }
}
