package dev.cets.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Columns;
import dev.cets.server.console.Terminal;
import dev.cets.server.console.Texts;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a node knows of the cluster. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints what a node, or every node, knows of the cluster.",
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {Help.DONE, Help.FAILED, Help.USAGE},
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets status", "  ./cets status --all --json --http 7881"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private DaemonOptions daemon;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  @Option(
      names = "--all",
      description = "What every node of the cluster knows; who does not answer shows as such.")
  private boolean all;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws DaemonFailure {
    try (DaemonClient client = daemon.connect()) {
      JsonNode status = all ? client.clusterStatus() : client.status();
      if (json) {
        terminal.out().println(status);
      } else if (all) {
        printAll(status);
      } else {
        print(status);
      }
      return 0;
    }
  }

  private void print(JsonNode status) {
    String node = status.path("node").asText();
    String cluster = status.path("cluster").asText();
    String incarnation = status.path("incarnation").asText();
    boolean discoveryWorks = status.path("discoveryWorks").asBoolean();
    say("node " + node + " of cluster " + cluster + ", incarnation " + incarnation);
    if (status.hasNonNull("number")) {
      say("number: " + status.path("number").asInt());
    }
    say("available: " + Texts.list(status.path("availableNodes")));
    say("unavailable: " + Texts.list(status.path("unavailableNodes")));
    say("joined: " + Texts.list(status.path("joinedNodes")));
    say(
        "discovered: "
            + Texts.list(status.path("discoveredNodes"))
            + (discoveryWorks ? "" : " (discovery does not work)"));
    status.path("discovery").forEach(backEnd -> say("discovery: " + discovery(backEnd)));
    sayIfAny("tables that only others have", status.path("remoteUnknownTables"));
    sayIfAny("tables that others lack", status.path("remoteMissingTables"));
    sayIfAny("tables in conflict", status.path("conflictTables"));
    long refused = status.path("refusedConnections").asLong();
    if (refused > 0) {
      say("refused connections: " + Texts.count(refused));
    }
    printPeers(status.path("peers"));
    say("");
    TablesCommand.print(terminal, status.path("tables"));
    status.path("reasons").forEach(reason -> say("attention: " + reason.asText()));
  }

  private void printPeers(JsonNode peers) {
    var rows = new Columns("NODE", "STATE", "FOR", "SINCE", "ADDRESS", "WHY");
    for (JsonNode peer : peers) {
      rows.add(
          peer.path("node").asText(),
          peer.path("up").asBoolean() ? "up" : "down",
          Texts.span(peer.path("seconds").asDouble()),
          peer.path("since").asText().replaceFirst("[.]\\d+Z$", "Z"),
          peer.path("address").asText(),
          peer.path("reason").asText());
    }
    if (!rows.isEmpty()) {
      say("");
      rows.lines().forEach(this::say);
    }
  }

  private void printAll(JsonNode status) {
    var nodes = new Columns("NODE", "AVAILABLE", "JOINED", "UNAVAILABLE", "CONFLICTS");
    status
        .path("nodes")
        .properties()
        .forEach(
            node ->
                nodes.add(
                    node.getKey(),
                    Texts.list(node.getValue().path("availableNodes")),
                    Texts.list(node.getValue().path("joinedNodes")),
                    Texts.list(node.getValue().path("unavailableNodes")),
                    Texts.list(node.getValue().path("conflictTables"))));
    nodes.lines().forEach(this::say);
    var records = new Columns("TABLE", "NODE", "RECORDS");
    status
        .path("records")
        .properties()
        .forEach(
            table ->
                table
                    .getValue()
                    .properties()
                    .forEach(
                        count ->
                            records.add(
                                table.getKey(),
                                count.getKey(),
                                Texts.count(count.getValue().asLong()))));
    if (!records.isEmpty()) {
      say("");
      records.lines().forEach(this::say);
    }
    status
        .path("silent")
        .properties()
        .forEach(node -> say("silent: " + node.getKey() + " " + node.getValue().asText()));
    status.path("disagreements").forEach(what -> say("attention: " + what.asText()));
    status
        .path("nodes")
        .properties()
        .forEach(
            node ->
                node.getValue()
                    .path("reasons")
                    .forEach(why -> say("attention: " + node.getKey() + ": " + why.asText())));
  }

  private static String discovery(JsonNode backEnd) {
    JsonNode next = backEnd.path("nextInSeconds");
    JsonNode ago = backEnd.path("askedSecondsAgo");
    return backEnd.path("backEnd").asText()
        + ", "
        + backEnd.path("phase").asText().toLowerCase(Locale.ROOT).replace('_', ' ')
        + (ago.isNull() ? "" : ", told " + backEnd.path("lastAnswer").size() + " addresses ")
        + (ago.isNull() ? ", not asked yet" : "%.0f s ago".formatted(ago.asDouble()))
        + (next.isNull() ? ", is asked now" : ", next in %.0f s".formatted(next.asDouble()));
  }

  private void sayIfAny(String what, JsonNode list) {
    if (!list.isEmpty()) {
      say(what + ": " + Texts.list(list));
    }
  }

  private void say(String line) {
    terminal.out().println(line);
  }
}
