package dev.cets.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Terminal;
import dev.cets.server.console.Texts;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One write. */
@Command(
    name = "insert",
    mixinStandardHelpOptions = true,
    description = "Writes a record, over whatever stands under its key; in a bag, beside it.",
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {"0:written here and on all nodes that are joined", Help.FAILED, Help.USAGE},
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets insert places '{\"id\":2267057,\"name\":\"Lisboa\"}'"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class InsertCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "TABLE", description = "The table.")
  private String table;

  @Parameters(paramLabel = "JSON", description = "The record, a JSON object.")
  private String record;

  @Mixin private DaemonOptions daemon;

  @Option(names = "--json", description = "Prints the receipt as JSON.")
  private boolean json;

  InsertCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws DaemonFailure {
    try (DaemonClient client = daemon.connect()) {
      JsonNode receipt = client.insert(table, record.getBytes(StandardCharsets.UTF_8));
      terminal
          .out()
          .println(
              json
                  ? receipt
                  : "inserted into %s, applied by %s"
                      .formatted(table, Texts.list(receipt.path("appliedBy"))));
      return 0;
    }
  }
}
