package dev.cets.server.json;

import org.jspecify.annotations.Nullable;

/**
 * A part of the keys in the order of code points.
 *
 * @param from the least key in it; null: from the first
 * @param to the least key behind it; null: to the last
 */
public record KeyRange(@Nullable String from, @Nullable String to) {
  /** The keys from one, included, to another, excluded, that begin so; null leaves out a bound. */
  public static KeyRange of(@Nullable String from, @Nullable String to, @Nullable String prefix) {
    if (prefix == null) {
      return new KeyRange(from, to);
    }
    String behind = behindAll(prefix);
    String first = from == null || compare(from, prefix) < 0 ? prefix : from;
    String end = to == null || (behind != null && compare(behind, to) < 0) ? behind : to;
    return new KeyRange(first, end);
  }

  /** Can no key be in it? */
  public boolean isEmpty() {
    return from != null && to != null && compare(from, to) >= 0;
  }

  /** Is this key in it? */
  public boolean contains(String key) {
    return (from == null || compare(key, from) >= 0) && (to == null || compare(key, to) < 0);
  }

  private static int compare(String a, String b) {
    return Keys.CODE_POINT_ORDER.compare(a, b);
  }

  /** The least text greater than all that begin so; null if there is none. */
  private static @Nullable String behindAll(String prefix) {
    int end = prefix.length();
    while (end > 0) {
      int last = prefix.codePointBefore(end);
      end -= Character.charCount(last);
      if (last < Character.MAX_CODE_POINT) {
        int next = last == Character.MIN_SURROGATE - 1 ? Character.MAX_SURROGATE + 1 : last + 1;
        return prefix.substring(0, end) + Character.toString(next);
      }
    }
    return null;
  }
}
