package dev.cets.server.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a record of one table looks like: a JSON object with this field at its top level as the key.
 * A key is the text of that field, a string as it is and an integer by its digits, so 42 and "42"
 * are one key.
 */
public final class RecordFormat {
  /** The largest record, in bytes of compact JSON. */
  public static final int MAX_RECORD_BYTES = 1024 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private final String keyField;

  /** With the name of the key field. */
  public RecordFormat(String keyField) {
    this.keyField = keyField;
  }

  /** The name of the key field. */
  public String keyField() {
    return keyField;
  }

  /**
   * Reads one record.
   *
   * @param text JSON in UTF-8; the record's own from here on
   * @throws BadRecordException if it is none
   */
  public JsonRecord read(byte[] text) throws BadRecordException {
    if (text.length > MAX_RECORD_BYTES) {
      throw BadRecordException.tooLarge(
          "the record has %,d bytes; at most %,d are allowed"
              .formatted(text.length, MAX_RECORD_BYTES));
    }
    JsonText.requireUtf8(text);
    String key = keyOf(text);
    return new JsonRecord(key, JsonText.compact(text));
  }

  private String keyOf(byte[] text) throws BadRecordException {
    String key = null;
    try (JsonParser parser = JSON.createParser(text)) {
      requireObject(parser.nextToken());
      for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (!field.equals(keyField)) {
          parser.skipChildren();
          continue;
        }
        if (key != null) {
          throw BadRecordException.malformed(
              "field '" + keyField + "', the key of this table, is there twice");
        }
        key = keyText(parser, value);
      }
      if (parser.nextToken() != null) {
        throw BadRecordException.malformed(
            "more stands behind the JSON object; one record is allowed here, JSON lines need one a line");
      }
    } catch (JsonProcessingException e) {
      throw BadRecordException.malformed("not JSON: " + JsonText.reason(e));
    } catch (IOException e) {
      throw new IllegalStateException("an array cannot fail to be read", e);
    }
    if (key == null) {
      throw BadRecordException.malformed(
          "the record has no field '" + keyField + "', which is the key of this table");
    }
    return key;
  }

  private static void requireObject(@Nullable JsonToken first) throws BadRecordException {
    if (first == null) {
      throw BadRecordException.malformed("not JSON: there is nothing; a JSON object is needed");
    }
    if (first != JsonToken.START_OBJECT) {
      throw BadRecordException.malformed(
          "a record is a JSON object, such as {\"id\":42}; this is " + JsonText.kind(first));
    }
  }

  private String keyText(JsonParser parser, @Nullable JsonToken value)
      throws IOException, BadRecordException {
    String text = Objects.requireNonNullElse(parser.getText(), "");
    if (value == JsonToken.VALUE_STRING) {
      Keys.require(text);
      return text;
    }
    if (value == JsonToken.VALUE_NUMBER_INT) {
      return text.equals("-0") ? "0" : text;
    }
    String shown = value == JsonToken.VALUE_NUMBER_FLOAT ? "the number " + text : kind(value);
    throw BadRecordException.malformed(
        "field '%s', the key, is %s; a string or an integer is allowed".formatted(keyField, shown));
  }

  private static String kind(@Nullable JsonToken token) {
    return token == null ? "missing" : JsonText.kind(token);
  }
}
