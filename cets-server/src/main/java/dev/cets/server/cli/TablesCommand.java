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

/** The tables of a node. */
@Command(
    name = "tables",
    mixinStandardHelpOptions = true,
    description = "Prints the tables of a node.")
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class TablesCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private DaemonOptions daemon;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  TablesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws DaemonFailure {
    try (DaemonClient client = daemon.connect()) {
      JsonNode answer = client.tables();
      if (json) {
        terminal.out().println(answer);
      } else {
        print(terminal, answer.path("tables"));
      }
      return 0;
    }
  }

  static void print(Terminal terminal, JsonNode tables) {
    if (tables.isEmpty()) {
      terminal.out().println("no tables");
    }
    for (JsonNode table : tables) {
      String links = table.path("links").toString().replaceAll("[{}\"]", "").replace(",", ", ");
      terminal
          .out()
          .println(
              "table %s: %s by %s, %s, %s records, %s hidden; links: %s"
                  .formatted(
                      table.path("name").asText(),
                      table.path("type").asText(),
                      table.path("keyField").asText(),
                      table.path("ownership").asText(),
                      Texts.count(table.path("records").asLong()),
                      Texts.count(table.path("hiddenRecords").asLong()),
                      links.isEmpty() ? "-" : links));
    }
  }
}
