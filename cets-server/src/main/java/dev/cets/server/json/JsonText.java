package dev.cets.server.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON as bytes. */
final class JsonText {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private JsonText() {}

  /**
   * The parser guesses UTF-16 and UTF-32 from zero bytes, skips a byte order mark, and takes some
   * sequences that are no UTF-8: none of these may be stored.
   */
  static void requireUtf8(byte[] text) throws BadRecordException {
    boolean ascii = true;
    for (byte b : text) {
      if (b == 0) {
        throw BadRecordException.malformed("not JSON: there is a zero byte; UTF-8 is needed");
      }
      ascii &= b > 0;
    }
    if (ascii) {
      return;
    }
    if (Arrays.equals(text, 0, Math.min(text.length, 3), BYTE_ORDER_MARK, 0, 3)) {
      throw BadRecordException.malformed(
          "not JSON: it begins with a byte order mark; UTF-8 without one is needed");
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw BadRecordException.malformed("not JSON: the text is not UTF-8, which is needed");
    }
  }

  /** The same valid JSON without space between tokens; the same array if there is none. */
  static byte[] compact(byte[] json) {
    byte[] kept = new byte[json.length];
    int length = 0;
    boolean inString = false;
    for (int i = 0; i < json.length; i++) {
      byte b = json[i];
      if (inString) {
        kept[length++] = b;
        if (b == '\\') {
          kept[length++] = json[++i];
        } else if (b == '"') {
          inString = false;
        }
      } else if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
        kept[length++] = b;
        inString = b == '"';
      }
    }
    return length == json.length ? json : Arrays.copyOf(kept, length);
  }

  /** A token in words. */
  static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }

  /** The parser's complaint in one line. */
  static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    JsonLocation where = e.getLocation();
    return where == null ? line : line + ", at column " + where.getColumnNr();
  }
}
