package dev.cets.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Columns;
import dev.cets.server.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Is a table the same everywhere? */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares a table of a node with those of all others, while writes go on, and fetches what",
      "differs. Unless all of them are reached and equal: exit code 1."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {
      "0:all were reached and are equal",
      "1:one differs or was not reached, or it failed",
      Help.USAGE
    },
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets compare places", "  ./cets compare places --json --timeout 30"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "TABLE", description = "The table.")
  private String table;

  @Mixin private DaemonOptions daemon;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws DaemonFailure {
    try (DaemonClient client = daemon.connect()) {
      JsonNode comparison = client.compare(table);
      if (json) {
        terminal.out().println(comparison);
      } else {
        print(comparison.path("nodes"));
      }
      return comparison.path("equal").asBoolean() ? 0 : 1;
    }
  }

  private void print(JsonNode nodes) {
    if (nodes.isEmpty()) {
      terminal.out().println("no other nodes");
      return;
    }
    var columns = new Columns("NODE", "STATE", "VERSIONS", "EQUAL SINCE", "REASON");
    for (JsonNode node : nodes) {
      columns.add(
          node.path("node").asText(),
          node.path("state").asText(),
          node.path("versions").asText(),
          node.path("equalSince").asText("-").replaceFirst("[.]\\d+Z$", "Z"),
          node.path("reason").asText());
    }
    columns.lines().forEach(terminal.out()::println);
  }
}
