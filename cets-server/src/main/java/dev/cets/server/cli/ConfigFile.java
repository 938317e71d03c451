package dev.cets.server.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of the node in a YAML file: {@code name: n1}, or a list for an option that may be given
 * several times. A table may also be a map of its parts. What is in the file is known by its line.
 */
final class ConfigFile {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final YAMLFactory YAML = new YAMLFactory();

  private final Path file;
  private final YAMLParser parser;
  private final Map<String, List<GivenValue>> options = new LinkedHashMap<>();

  private ConfigFile(Path file, YAMLParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * The options by their keys.
   *
   * @throws IllegalArgumentException if the file cannot be used; the message says where and why
   */
  static Map<String, List<GivenValue>> read(Path file) {
    try (YAMLParser parser = YAML.createParser(bytes(file))) {
      var config = new ConfigFile(file, parser);
      config.readOptions();
      return config.options;
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      throw new IllegalArgumentException(
          "%s%s: this is no YAML: %s"
              .formatted(file, where == null ? "" : ":" + where.getLineNr(), firstLine(e)),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": the config file cannot be read", e);
    }
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            file + ": the config file is larger than " + MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }

  private void readOptions() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return; // nothing but comments
    }
    if (first != JsonToken.START_OBJECT) {
      throw here().refused("'option: value' lines are needed");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      GivenValue place = here();
      parser.nextToken();
      if (options.putIfAbsent(key, values(key)) != null) {
        throw place.refused("'" + key + "' is given twice");
      }
    }
    if (parser.nextToken() != null) {
      throw here().refused("a second document begins; one is allowed");
    }
  }

  private List<GivenValue> values(String key) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return List.of(value(key));
    }
    GivenValue place = here();
    List<GivenValue> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(
          parser.currentToken() == JsonToken.START_OBJECT && key.equals(NodeOptions.TABLES)
              ? table()
              : value(key));
    }
    if (values.isEmpty()) {
      throw place.refused("'" + key + "' is an empty list; leave it out instead");
    }
    return values;
  }

  private GivenValue value(String key) throws IOException {
    GivenValue value = here();
    if (!parser.currentToken().isScalarValue() || parser.isCurrentAlias()) {
      throw value.refused("'" + key + "' needs a value or a list of them");
    }
    if (parser.currentToken() == JsonToken.VALUE_NULL || value.text().isEmpty()) {
      throw value.refused("'" + key + "' has no value");
    }
    return value;
  }

  /** A table as the command line writes it. */
  private GivenValue table() throws IOException {
    GivenValue place = here();
    Map<String, GivenValue> parts = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      GivenValue at = here();
      parser.nextToken();
      if (parts.put(key, value(key)) != null) {
        throw at.refused("'" + key + "' is given twice");
      }
    }
    return new GivenValue(TableParts.text(place, parts), place.place());
  }

  private GivenValue here() throws IOException {
    String text = parser.currentToken() == null ? "" : parser.getText();
    return new GivenValue(
        text == null ? "" : text, file + ":" + parser.currentTokenLocation().getLineNr());
  }
}
