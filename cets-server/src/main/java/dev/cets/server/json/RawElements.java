package dev.cets.server.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The elements of an array as the texts that they are: a record is known by its text, so a number
 * must not be written anew.
 */
public final class RawElements {
  private static final JsonFactory JSON = new JsonFactory();

  private RawElements() {}

  /**
   * Of an array of objects.
   *
   * @throws IOException if it is no JSON
   */
  public static List<String> ofArray(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return elements(parser, json);
    }
  }

  /**
   * Of an array of objects that is this field of an object; none if there is no such field.
   *
   * @throws IOException if it is no JSON
   */
  public static List<String> ofField(byte[] json, String field) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals(field)) {
          return elements(parser, json);
        }
        parser.skipChildren();
      }
      return List.of();
    }
  }

  private static List<String> elements(JsonParser parser, byte[] json) throws IOException {
    List<String> elements = new ArrayList<>();
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
      parser.skipChildren();
      int end = Math.toIntExact(parser.currentLocation().getByteOffset());
      elements.add(new String(json, start, end - start, StandardCharsets.UTF_8));
    }
    return List.copyOf(elements);
  }
}
