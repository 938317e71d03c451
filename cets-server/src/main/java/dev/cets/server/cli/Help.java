package dev.cets.server.cli;

/** What the help of several commands says. */
final class Help {
  static final String EXIT_CODES = "%nExit codes:%n";
  static final String EXAMPLES = "%nExamples:%n";

  static final String DONE = "0:done";
  static final String FAILED = "1:failed; standard error has one line that says why";
  static final String USAGE = "2:wrongly used; nothing was done";

  private Help() {}
}
