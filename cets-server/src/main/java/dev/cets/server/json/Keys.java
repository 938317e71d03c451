package dev.cets.server.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/** What keys may be, and their order. */
public final class Keys {
  /** The longest key, in bytes of UTF-8. */
  public static final int MAX_BYTES = 1024;

  /**
   * By code points, which is also the order of the UTF-8 bytes. Differs from the order of strings
   * only above U+FFFF.
   */
  public static final Comparator<String> CODE_POINT_ORDER = Keys::compare;

  private Keys() {}

  /**
   * Checks a key.
   *
   * @throws BadRecordException if it is empty, too long, or no text in UTF-8
   */
  public static void require(String key) throws BadRecordException {
    if (key.isEmpty()) {
      throw BadRecordException.malformed("the key is empty; 1 to 1,024 bytes are allowed");
    }
    int bytes;
    try {
      bytes = utf8(key).remaining();
    } catch (CharacterCodingException e) {
      throw BadRecordException.malformed(
          "the key has half of a surrogate pair, which is no character; UTF-8 text is needed");
    }
    if (bytes > MAX_BYTES) {
      throw BadRecordException.tooLarge(
          "the key has %,d bytes; at most %,d are allowed".formatted(bytes, MAX_BYTES));
    }
  }

  static ByteBuffer utf8(String key) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
  }

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        // A surrogate stands for a code point above all others.
        boolean leftHigh = Character.isSurrogate(left);
        boolean rightHigh = Character.isSurrogate(right);
        return leftHigh == rightHigh ? Character.compare(left, right) : leftHigh ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
