package dev.cets;

import dev.cets.codec.Codecs;
import dev.cets.spi.Codec;
import java.time.Duration;
import java.util.function.Function;

/**
 * What a table is. Nodes replicate a table with each other if its name, type, ownership and codecs
 * are the same on both.
 *
 * @param name 1 to 100 characters of {@code A-Z a-z 0-9 . _ -}
 * @param keyOf the key of a record; MUST be a pure function of the record
 * @param keyCodec a canonical codec
 * @param recordCodec the codec of whole records
 * @param ownership what becomes of the records of a node that is down
 * @param grace how long they stay visible on this node after it went down
 */
public record TableSpec<K, R>(
    String name,
    Function<? super R, ? extends K> keyOf,
    Codec<K> keyCodec,
    Codec<R> recordCodec,
    Ownership ownership,
    Duration grace) {
  private static final int MAX_NAME_LENGTH = 100;

  /** Checks the parts. */
  public TableSpec {
    if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !name.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "table name is '" + name + "'; 1 to 100 of A-Z a-z 0-9 . _ - are allowed");
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace is " + grace + "; it must not be negative");
    }
    if (!keyCodec.canonical()) {
      throw new IllegalArgumentException(
          "the key codec "
              + keyCodec.fingerprint()
              + " of table "
              + name
              + " is not canonical; equal keys must have equal bytes");
    }
  }

  /**
   * A set table, one record per key, with the default codec: keys are strings, numbers, booleans,
   * UUIDs, enums, instants or records of these; records may also hold lists, sets, maps, byte
   * arrays and optional values.
   *
   * @throws IllegalArgumentException if a type holds something else; the message names it
   */
  public static <K, R> TableSpec<K, R> set(
      String name, Class<K> keyType, Class<R> recordType, Function<? super R, ? extends K> keyOf) {
    return set(name, Codecs.key(keyType), Codecs.value(recordType), keyOf);
  }

  /** A set table with codecs of your own. */
  public static <K, R> TableSpec<K, R> set(
      String name,
      Codec<K> keyCodec,
      Codec<R> recordCodec,
      Function<? super R, ? extends K> keyOf) {
    return new TableSpec<>(
        name, keyOf, keyCodec, recordCodec, Ownership.REMOVE_RECORDS, Duration.ZERO);
  }

  /** The same table with the given ownership. */
  public TableSpec<K, R> ownership(Ownership other) {
    return new TableSpec<>(name, keyOf, keyCodec, recordCodec, other, grace);
  }

  /**
   * The same table whose records stay visible on this node for so long after their owner went down;
   * 0 by default. If the owner is back within that time, they are never hidden. If it leaves
   * cleanly or restarts, they go at once.
   */
  public TableSpec<K, R> grace(Duration time) {
    return new TableSpec<>(name, keyOf, keyCodec, recordCodec, ownership, time);
  }
}
