package dev.cets.server.cli;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Terminal;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The records of a table or of a range of its keys. */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the records of a table as JSON lines, in the order of their keys, which is that of",
      "text by code points: 10 comes before 9. A range of an ordered table is found directly; of",
      "other tables the node looks at all records."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {Help.DONE, "1:failed; what was printed is not everything", Help.USAGE},
    footerHeading = Help.EXAMPLES,
    footer = {"  ./cets dump places > places.jsonl", "  ./cets dump places --prefix 22 --limit 10"})
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class DumpCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "The table.")
  private String table;

  @Option(names = "--from", paramLabel = "KEY", description = "Only from this key on.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "KEY", description = "Only up to this key, without it.")
  private @Nullable String to;

  @Option(names = "--prefix", description = "Only records whose key begins so.")
  private @Nullable String prefix;

  @Option(names = "--limit", paramLabel = "N", description = "So many records at most.")
  private @Nullable Long limit;

  @Option(names = "--descending", description = "From the last key to the first.")
  private boolean descending;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "The records as the node of this name shows them, or none at all.")
  private @Nullable String node;

  @Mixin private DaemonOptions daemon;

  DumpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Option(names = "--json", description = "Changes nothing: a dump is JSON lines already.")
  void json(boolean accepted) {}

  @Override
  public Integer call() throws DaemonFailure, CommandFailure {
    Map<String, String> query = query();
    try (DaemonClient client = daemon.connect()) {
      client.dump(table, query, terminal.out());
    } catch (IOException e) {
      throw new CommandFailure("cannot write the records: " + e.getMessage());
    }
    if (terminal.out().checkError()) {
      throw new CommandFailure("cannot write all records: standard output was closed");
    }
    return 0;
  }

  private Map<String, String> query() {
    if (limit != null && limit < 0) {
      throw new ParameterException(
          spec.commandLine(), "--limit is %d; a number from 0 is needed".formatted(limit));
    }
    Map<String, String> query = new TreeMap<>();
    put(query, "from", from);
    put(query, "to", to);
    put(query, "prefix", prefix);
    put(query, "limit", limit);
    put(query, "node", node);
    put(query, "descending", descending ? true : null);
    return query;
  }

  private static void put(Map<String, String> query, String name, @Nullable Object value) {
    if (value != null) {
      query.put(name, value.toString());
    }
  }
}
