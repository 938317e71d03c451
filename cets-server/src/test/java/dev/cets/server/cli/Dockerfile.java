package dev.cets.server.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The instructions of the image's file, as far as it uses them. */
record Dockerfile(List<List<String>> instructions) {
  /** The root of the repository; tests run in the folder of their module. */
  static final Path ROOT = Path.of("..");

  static Dockerfile read() throws IOException {
    return new Dockerfile(
        Files.readAllLines(ROOT.resolve("deploy/Dockerfile")).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(line -> List.of(line.split("\\s+", 2)))
            .toList());
  }

  List<String> all(String instruction) {
    return instructions.stream()
        .filter(line -> line.getFirst().equals(instruction))
        .map(List::getLast)
        .toList();
  }

  /** Sources and the target of each copy. */
  List<List<String>> copies() {
    return all("COPY").stream().map(line -> List.of(line.split("\\s+"))).toList();
  }

  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    all("ENV").stream()
        .flatMap(line -> Arrays.stream(line.split("\\s+")))
        .map(pair -> List.of(pair.split("=", 2)))
        .forEach(pair -> environment.put(pair.getFirst(), pair.getLast()));
    return environment;
  }

  List<String> command(String instruction) throws IOException {
    return new ObjectMapper().readValue(all(instruction).getFirst(), new TypeReference<>() {});
  }
}
