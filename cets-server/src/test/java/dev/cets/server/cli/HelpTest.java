package dev.cets.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.server.console.Terminal;
import dev.cets.server.process.CliRun;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code --help} says of each command. */
class HelpTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private static CommandLine cli() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Cli.of(new Terminal(nowhere, nowhere, false, false), Map.of());
  }

  static Stream<String> commands() {
    return cli().getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEveryCommand_tellsExitCodesAndExamples(String command) {
    CliRun run = CliRun.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().toList())
        .contains("Exit codes:", "Examples:")
        .anySatisfy(line -> assertThat(line).startsWith("  0   "))
        .anySatisfy(line -> assertThat(line).startsWith("  1   "))
        .anySatisfy(line -> assertThat(line).startsWith("  2   "))
        .anySatisfy(line -> assertThat(line).startsWith("  ./cets " + command));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void examples_ofEveryCommand_areUnderstood(String command) {
    CommandLine line = Objects.requireNonNull(cli().getSubcommands().get(command));
    String[] footer = line.getCommandSpec().usageMessage().footer();

    assertThat(footer).isNotEmpty();
    for (String example : footer) {
      List<String> words =
          WORD.matcher(example.formatted().replaceFirst(" > .*", ""))
              .results()
              .map(HelpTest::word)
              .toList();
      assertThat(words.getFirst()).isEqualTo("./cets");
      var unused = cli().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    }
  }

  private static String word(MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1);
  }

  private static String helpOnTerminal(Map<String, String> environment) {
    var out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int exitCode =
        Cli.run(new Terminal(stream, stream, true, true), environment, "status", "--help");
    assertThat(exitCode).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void help_onATerminal_hasColours() {
    assertThat(helpOnTerminal(Map.of())).contains("\u001b[");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_COLOR=1", "TERM=dumb"})
  void help_whereNoColoursAreWanted_hasNone(String variable) {
    String[] parts = variable.split("=", 2);

    assertThat(helpOnTerminal(Map.of(parts[0], parts[1]))).doesNotContain("\u001b");
  }

  @Test
  void help_notOnATerminal_hasNoColours() {
    assertThat(List.of(CliRun.of("status", "--help").out(), CliRun.of("--help").out()))
        .noneMatch(text -> text.contains("\u001b"));
  }
}
