package dev.cets.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.cets.server.json.JsonRecord;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Answers in JSON. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** The texts, sorted. */
  static ArrayNode sorted(Collection<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    new TreeSet<>(texts).forEach(array::add);
    return array;
  }

  /** Records as the texts that they are, sorted: the same on every node. */
  static List<RawValue> rawSorted(Collection<JsonRecord> records) {
    return records.stream()
        .map(JsonRecord::toString)
        .sorted(Comparator.naturalOrder())
        .map(RawValue::new)
        .toList();
  }

  static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }
}
