package dev.cets.server.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.server.client.CountingInputStream;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.client.Loader;
import dev.cets.server.console.Progress;
import dev.cets.server.console.Terminal;
import dev.cets.server.console.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Many writes. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the records of a file of JSON lines, in their order.",
      "At a line that is no record it stops; the lines before it are written."
    },
    exitCodeListHeading = Help.EXIT_CODES,
    exitCodeList = {
      "0:all lines are written",
      "1:failed; standard error says up to which line it is written",
      Help.USAGE
    },
    footerHeading = Help.EXAMPLES,
    footer = {
      "  ./cets load places places.jsonl",
      "  ./cets load places places.jsonl.gz --batch 2000 --http 7881"
    })
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class LoadCommand implements Callable<Integer> {
  private static final int MAX_BATCH = 100_000;

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "The table.")
  private String table;

  @Parameters(
      paramLabel = "FILE",
      description = "One JSON object a line; compressed if the name ends in .gz.")
  private Path file;

  @Option(
      names = "--batch",
      paramLabel = "LINES",
      defaultValue = "500",
      description = "How many lines are sent at once (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Mixin private DaemonOptions daemon;

  @Option(names = "--json", description = "Prints the result as one JSON document.")
  private boolean json;

  LoadCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure, DaemonFailure {
    if (batch < 1 || batch > MAX_BATCH) {
      throw new ParameterException(
          spec.commandLine(), "--batch is " + batch + "; 1 to " + MAX_BATCH + " is allowed");
    }
    try (DaemonClient client = daemon.connect();
        var counted = new CountingInputStream(Files.newInputStream(file));
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(counted) : counted;
        var progress = new Progress(terminal, "load " + table, Files.size(file))) {
      var loader = new Loader(client, table, file.toString(), batch);
      loader.load(in, records -> progress.update(counted.count(), records));
      double seconds = progress.seconds();
      progress.clear();
      report(loader.written(), seconds);
      return 0;
    } catch (NoSuchFileException e) {
      throw new CommandFailure("there is no file '" + file + "'");
    } catch (AccessDeniedException e) {
      throw new CommandFailure("file '" + file + "' must not be read by this user");
    } catch (IOException e) {
      throw new CommandFailure("cannot read file '" + file + "': " + e.getMessage());
    }
  }

  private void report(long records, double seconds) {
    if (json) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.put("table", table).put("records", records);
      result.put("seconds", Math.round(seconds * 1000) / 1000.0);
      result.put("recordsPerSecond", Math.round(records / seconds));
      terminal.out().println(result);
      return;
    }
    terminal
        .out()
        .println(
            "%s records written into %s in %s s, %s records/s"
                .formatted(
                    Texts.count(records),
                    table,
                    Texts.decimal(seconds),
                    Texts.count(Math.round(records / seconds))));
  }
}
