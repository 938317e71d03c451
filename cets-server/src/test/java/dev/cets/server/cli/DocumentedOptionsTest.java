package dev.cets.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.server.console.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The table of settings in the documentation has all of them, and their defaults. */
class DocumentedOptionsTest {
  private static final List<String> NOT_SETTINGS = List.of("--config", "--help", "--version");

  @Test
  void settings_ofTheDaemon_areInTheTableOfTheDocumentation() throws IOException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    List<OptionSpec> options =
        new CommandLine(new NodeCommand(new Terminal(nowhere, nowhere, false, false)))
            .getCommandSpec()
            .options();
    List<String> lines = Files.readAllLines(Dockerfile.ROOT.resolve("docs/operations.md"));

    List<String> rows =
        options.stream()
            .filter(option -> !option.hidden() || option.longestName().equals(NodeOptions.PASSWORD))
            .filter(option -> !NOT_SETTINGS.contains(option.longestName()))
            .map(DocumentedOptionsTest::row)
            .toList();

    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(rows).allSatisfy(row -> assertThat(lines).anyMatch(line -> line.startsWith(row)));
    assertThat(lines.stream().filter(line -> line.matches("[|] (`--[a-z-]+` )?[|] `CETS_.*")))
        .hasSameSizeAs(rows);
  }

  private static String row(OptionSpec option) {
    String name = option.longestName();
    String key = name.equals("--table") ? "tables" : name.substring(2);
    String variable = "CETS_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
    String usual = option.defaultValue();
    return "| %s| `%s` | `%s` | %s|"
        .formatted(
            option.hidden() ? "" : "`" + name + "` ",
            variable,
            key,
            usual == null ? "" : "`" + usual + "` ");
  }
}
