package dev.cets.server.cli;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Terminal;
import dev.cets.server.json.RawElements;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One record. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the record of a key, of a bag every record of the key, one a line. If there is none:",
      "exit code 1."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {Help.DONE, "1:there is none, or it failed", Help.USAGE},
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets get places 2267057", "  ./cets get places 2267057 --http 7881"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class GetCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "TABLE", description = "The table.")
  private String table;

  @Parameters(paramLabel = "KEY", description = "The key.")
  private String key;

  @Mixin private DaemonOptions daemon;

  @Option(names = "--json", description = "Prints those of a bag as one array.")
  private boolean json;

  GetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws DaemonFailure, CommandFailure {
    try (DaemonClient client = daemon.connect()) {
      byte[] answer = client.get(table, key);
      // A record is an object: an array is of a bag.
      if (answer.length > 0 && answer[0] == '[' && !json) {
        RawElements.ofArray(answer).forEach(terminal.out()::println);
      } else {
        terminal.out().println(new String(answer, StandardCharsets.UTF_8));
      }
      return 0;
    } catch (IOException e) {
      throw new CommandFailure("the daemon answered something that is not JSON: " + e.getMessage());
    }
  }
}
