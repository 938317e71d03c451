package dev.cets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The result of a run that was kept: what {@code --from} takes. */
final class Earlier {
  private Earlier() {}

  static <T> T read(CommandSpec spec, Path file, Function<String, T> parse) throws IOException {
    if (!Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "--from " + file + " cannot be read");
    }
    return parse.apply(Files.readString(file));
  }
}
