package dev.cets.codec;

import dev.cets.spi.Codec;

/**
 * The default codecs. They know the types that a record declares, and no others: what they cannot
 * write or read is refused when the codec is made.
 *
 * <p>A record may gain and lose components while nodes of both kinds run. Components are matched by
 * name and layout; a reader passes over those that it does not know, and those that it misses are
 * null, zero, false, or an empty optional, list, set or map. Constants of enums and the records of
 * a sealed interface go by name, too; a reader refuses those that it does not know. An integer may
 * become a wider one; a component of any other type than before is another component.
 *
 * <p>Every reference may be null, except within optionals and sets and as a key of a map. Lists,
 * sets and maps that were read cannot be changed.
 */
public final class Codecs {
  private Codecs() {}

  /**
   * For keys: text, numbers, booleans, enums, UUIDs, points in time, and records of these. Records
   * MUST have the equals() that every record has unless it is written out. Their components can
   * never change.
   *
   * @throws IllegalArgumentException if the type has something else in it; the message names it
   */
  public static <K> Codec<K> key(Class<K> type) {
    return DeclaredCodec.exact(type, Use.KEY);
  }

  /**
   * For records that are known by all that is in them, as those of a bag: as {@link #value}, but
   * their components can never change.
   *
   * @throws IllegalArgumentException if the type has something else in it; the message names it
   */
  public static <R> Codec<R> element(Class<R> type) {
    return DeclaredCodec.exact(type, Use.VALUE);
  }

  /**
   * For records: also sealed interfaces of records, byte arrays, and optionals, lists, sets and
   * maps of all these.
   *
   * @throws IllegalArgumentException if the type has something else in it; the message names it
   */
  public static <R> Codec<R> value(Class<R> type) {
    return DeclaredCodec.of(type, Use.VALUE);
  }
}
