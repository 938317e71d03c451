package dev.cets.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Options in a YAML file: {@code name: n1}, or a list for an option that may be given several
 * times. They are put before those of the command line, which win.
 */
final class ConfigFile {
  private static final String OPTION = "--config";

  private ConfigFile() {}

  /**
   * The arguments with those of the file in the place of {@code --config FILE}.
   *
   * @throws IllegalArgumentException if the file cannot be used; the message says why
   */
  static String[] expand(String[] args) {
    int at = List.of(args).indexOf(OPTION);
    if (at < 1 || at + 1 == args.length) {
      return args; // the parser has the right words for a missing file name
    }
    List<String> given = new ArrayList<>(List.of(args));
    given.remove(at);
    String file = given.remove(at);
    List<String> expanded = new ArrayList<>();
    expanded.add(given.removeFirst());
    for (Map.Entry<String, JsonNode> line : read(Path.of(file)).properties()) {
      String option = "--" + line.getKey();
      if (given.stream().noneMatch(arg -> arg.equals(option) || arg.startsWith(option + "="))) {
        add(expanded, file, option, line.getValue());
      }
    }
    expanded.addAll(given);
    return expanded.toArray(String[]::new);
  }

  private static JsonNode read(Path file) {
    try {
      JsonNode root = new YAMLMapper().readTree(Files.readString(file));
      if (root == null || !root.isObject()) {
        throw new IllegalArgumentException(
            "config file " + file + ": 'option: value' lines are needed");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "config file " + file + " is not YAML: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("config file " + file + " cannot be read", e);
    }
  }

  private static void add(List<String> expanded, String file, String option, JsonNode value) {
    if (value.isArray()) {
      value.forEach(each -> add(expanded, file, option, each));
    } else if (value.isValueNode() && !value.isNull()) {
      expanded.add(option);
      expanded.add(value.asText());
    } else {
      throw new IllegalArgumentException(
          "config file " + file + ": " + option.substring(2) + " needs a value or a list of them");
    }
  }
}
