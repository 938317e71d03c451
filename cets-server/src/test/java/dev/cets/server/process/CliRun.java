package dev.cets.server.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cets.server.cli.Cli;
import dev.cets.server.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One command, run in this process, with what it printed. */
public record CliRun(int exitCode, String out, String err) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Runs it, in an environment that says nothing. */
  public static CliRun of(String... args) {
    return of(Map.of(), args);
  }

  /** Runs it. */
  public static CliRun of(Map<String, String> environment, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exitCode = Cli.run(new Terminal(utf8(out), utf8(err), false, false), environment, args);
    return new CliRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream utf8(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** The output, which must be exactly one JSON document. */
  public JsonNode json() throws JsonProcessingException {
    return JSON.readTree(out);
  }
}
