package dev.cets.bench.member;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A child process from beginning to end. */
public final class MemberProcess {
  /** What an answer begins with: systems may print to standard output as well. */
  public static final String ANSWER = "> ";

  /** Kept, since loggers that nobody holds forget their level. */
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  private MemberProcess() {}

  /** Answers lines until there are no more; then all ends, whatever threads a system has left. */
  public static void run(Supplier<SystemUnderTest> systems) throws IOException {
    ROOT_LOGGER.setLevel(Level.SEVERE);
    PrintStream answers = System.out;
    System.setOut(System.err);
    Member member = new Member(systems);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answers.println(ANSWER + "ok");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("quit")) {
        break;
      }
      answers.println(ANSWER + member.answer(line));
    }
    Runtime.getRuntime().halt(0);
  }
}
