package dev.cets.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands stand under. */
@Command(
    name = "cets",
    mixinStandardHelpOptions = true,
    version = "cets 0.1.0-SNAPSHOT",
    description = "In-memory tables, fully replicated to every node of a cluster.",
    footer = {
      "",
      "Exit code: 0 done, 1 failed, 2 wrongly used.",
      "'cets COMMAND --help' tells more. './cets test' runs all tests, './cets bench' measures.%n"
    })
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is needed: " + String.join(", ", spec.subcommands().keySet()));
  }
}
