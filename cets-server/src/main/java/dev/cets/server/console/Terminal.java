package dev.cets.server.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes: answers to {@code out}, all else to {@code err}. Always UTF-8, as JSON
 * is.
 *
 * @param out standard output
 * @param err standard error
 * @param isOutTerminal is a person watching the output, so that lines may be redrawn?
 * @param isErrTerminal the same of standard error
 */
public record Terminal(
    PrintStream out, PrintStream err, boolean isOutTerminal, boolean isErrTerminal) {
  /** May answers have colours? Only for a person, and not for one who asked for none. */
  public boolean isColoured(Map<String, String> environment) {
    return isOutTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /**
   * The streams of this process. Java 21 cannot tell for one stream alone whether it is a terminal,
   * so the script that starts it says so.
   */
  public static Terminal ofProcess() {
    return new Terminal(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Boolean.getBoolean("cets.out.terminal"),
        Boolean.getBoolean("cets.err.terminal"));
  }
}
