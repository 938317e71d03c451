package dev.cets.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Columns;
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
    description = "Prints the tables of a node.",
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {Help.DONE, Help.FAILED, Help.USAGE},
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets tables", "  ./cets tables --json"})
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
      return;
    }
    var list =
        new Columns("TABLE", "TYPE", "KEY", "OWNERSHIP", "RECORDS", "HIDDEN", "LEADER", "MENDED");
    var links = new Columns("TABLE", "NODE", "STATE", "FOR", "UNACKNOWLEDGED", "EQUAL SINCE");
    for (JsonNode table : tables) {
      list.add(
          table.path("name").asText(),
          table.path("type").asText(),
          table.path("keyField").asText(),
          table.path("ownership").asText(),
          Texts.count(table.path("records").asLong()),
          Texts.count(table.path("hiddenRecords").asLong()),
          table.path("leader").asText(),
          Texts.count(table.path("mended").asLong()));
      table.path("linkDetails").forEach(link -> links.add(row(table, link)));
    }
    list.lines().forEach(terminal.out()::println);
    if (!links.isEmpty()) {
      terminal.out().println();
      links.lines().forEach(terminal.out()::println);
    }
  }

  private static String[] row(JsonNode table, JsonNode link) {
    return new String[] {
      table.path("name").asText(),
      link.path("node").asText(),
      state(link),
      Texts.span(link.path("seconds").asDouble()),
      Texts.count(link.path("unacknowledgedWrites").asLong()),
      link.path("equalSince").asText("-").replaceFirst("[.]\\d+Z$", "Z"),
    };
  }

  /** The state, and how far a transfer is. */
  private static String state(JsonNode link) {
    JsonNode progress = link.path("progress");
    String state = link.path("state").asText();
    return progress.isObject()
        ? "%s, %s %%, %s records, %s bytes"
            .formatted(
                state,
                progress.path("percent").asInt(),
                Texts.count(progress.path("records").asLong()),
                Texts.count(progress.path("bytes").asLong()))
        : state;
  }
}
