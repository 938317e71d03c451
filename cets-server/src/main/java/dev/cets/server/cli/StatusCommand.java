package dev.cets.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
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
    description = "Prints what a node knows of the cluster.")
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private DaemonOptions daemon;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws DaemonFailure {
    try (DaemonClient client = daemon.connect()) {
      JsonNode status = client.status();
      if (json) {
        terminal.out().println(status);
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
    TablesCommand.print(terminal, status.path("tables"));
    status.path("reasons").forEach(reason -> say("attention: " + reason.asText()));
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
