package dev.cets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Files that are named on the command line. */
final class GivenFile {
  private GivenFile() {}

  /** The result of a run that was kept: what {@code --from} takes. */
  static <T> T read(CommandSpec spec, Path file, Function<String, T> parse) throws IOException {
    if (!Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "--from " + file + " cannot be read");
    }
    try {
      return parse.apply(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--from " + file + ": " + e.getMessage(), e);
    }
  }

  /** As far as that can be known without doing it. */
  static void requireWritable(CommandSpec spec, String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? Files.isWritable(file) && !Files.isDirectory(file)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!writable) {
      throw new ParameterException(
          spec.commandLine(),
          option + " " + file + " cannot be written: a file in a folder that is there is needed");
    }
  }
}
