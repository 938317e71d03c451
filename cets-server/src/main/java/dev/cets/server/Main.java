package dev.cets.server;

import dev.cets.server.cli.Cli;
import dev.cets.server.console.Terminal;

/** The command line. */
public final class Main {
  private Main() {}

  /** Runs one command; the exit code is 0 only if what the command claims holds. */
  public static void main(String[] args) {
    System.exit(Cli.run(Terminal.ofProcess(), args));
  }
}
