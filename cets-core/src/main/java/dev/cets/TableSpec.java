package dev.cets;

import dev.cets.codec.Codecs;
import dev.cets.spi.Codec;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.Function;

/**
 * What a table is. Nodes replicate a table with each other if its name, type, ownership and codecs
 * are the same on both. Immutable.
 *
 * <p>With the default codec, keys are strings, numbers, booleans, UUIDs, enums, instants or records
 * of these; records may also hold lists, sets, maps, byte arrays and optional values.
 */
public abstract sealed class TableSpec<K, R> permits KeyedSpec, BagSpec {
  private static final int MAX_NAME_LENGTH = 100;

  private final String name;
  private final Function<? super R, ? extends K> keyOf;
  private final Codec<K> keyCodec;
  private final Codec<R> recordCodec;
  private final Lifetime lifetime;

  TableSpec(
      String name,
      Function<? super R, ? extends K> keyOf,
      Codec<K> keyCodec,
      Codec<R> recordCodec,
      Lifetime lifetime) {
    if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !name.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "table name is '" + name + "'; 1 to 100 of A-Z a-z 0-9 . _ - are allowed");
    }
    if (!keyCodec.canonical()) {
      throw new IllegalArgumentException(
          "the key codec "
              + keyCodec.fingerprint()
              + " of table "
              + name
              + " is not canonical; equal keys must have equal bytes");
    }
    this.name = name;
    this.keyOf = keyOf;
    this.keyCodec = keyCodec;
    this.recordCodec = recordCodec;
    this.lifetime = lifetime;
  }

  TableSpec(TableSpec<K, R> other, Lifetime lifetime) {
    this(other.name, other.keyOf, other.keyCodec, other.recordCodec, lifetime);
  }

  /**
   * A table with one record per key.
   *
   * @param name 1 to 100 characters of {@code A-Z a-z 0-9 . _ -}
   * @param keyOf the key of a record; MUST be a pure function of the record
   * @throws IllegalArgumentException if a type holds what the default codec does not know; the
   *     message names it
   */
  public static <K, R> SetSpec<K, R> set(
      String name, Class<K> keyType, Class<R> recordType, Function<? super R, ? extends K> keyOf) {
    return set(name, Codecs.key(keyType), Codecs.value(recordType), keyOf);
  }

  /** As the other, with codecs of your own; that of the keys MUST be canonical. */
  public static <K, R> SetSpec<K, R> set(
      String name,
      Codec<K> keyCodec,
      Codec<R> recordCodec,
      Function<? super R, ? extends K> keyOf) {
    return new SetSpec<>(name, keyOf, keyCodec, recordCodec);
  }

  /**
   * A table with one record per key, which can be read in the natural order of keys. Parameters as
   * of {@link #set(String, Class, Class, Function) set}.
   */
  public static <K extends Comparable<? super K>, R> OrderedSetSpec<K, R> orderedSet(
      String name, Class<K> keyType, Class<R> recordType, Function<? super R, ? extends K> keyOf) {
    return orderedSet(name, keyType, recordType, keyOf, Comparator.naturalOrder());
  }

  /**
   * As the other, in the order of a comparator.
   *
   * @param order MUST be a pure function of the keys. Keys that it does not tell apart are still
   *     different keys; they follow each other in the order of their bytes. It is a matter of this
   *     node's reads alone, so nodes may have different ones.
   */
  public static <K, R> OrderedSetSpec<K, R> orderedSet(
      String name,
      Class<K> keyType,
      Class<R> recordType,
      Function<? super R, ? extends K> keyOf,
      Comparator<? super K> order) {
    return orderedSet(name, Codecs.key(keyType), Codecs.value(recordType), keyOf, order);
  }

  /** As the other, with codecs of your own; that of the keys MUST be canonical. */
  public static <K, R> OrderedSetSpec<K, R> orderedSet(
      String name,
      Codec<K> keyCodec,
      Codec<R> recordCodec,
      Function<? super R, ? extends K> keyOf,
      Comparator<? super K> order) {
    return new OrderedSetSpec<>(name, keyOf, keyCodec, recordCodec, order);
  }

  /**
   * A table with several different records per key. Records are different if their encoded bytes
   * are; the components of their type can never change, since a record is known by all of them.
   * Parameters as of {@link #set(String, Class, Class, Function) set}.
   */
  public static <K, R> BagSpec<K, R> bag(
      String name, Class<K> keyType, Class<R> recordType, Function<? super R, ? extends K> keyOf) {
    return bag(name, Codecs.key(keyType), Codecs.element(recordType), keyOf);
  }

  /** As the other, with codecs of your own; both MUST be canonical. */
  public static <K, R> BagSpec<K, R> bag(
      String name,
      Codec<K> keyCodec,
      Codec<R> recordCodec,
      Function<? super R, ? extends K> keyOf) {
    return new BagSpec<>(name, keyOf, keyCodec, recordCodec);
  }

  /** The table's name. */
  public final String name() {
    return name;
  }

  /** The key of a record. */
  public final Function<? super R, ? extends K> keyOf() {
    return keyOf;
  }

  /** How keys travel. */
  public final Codec<K> keyCodec() {
    return keyCodec;
  }

  /** How records travel. */
  public final Codec<R> recordCodec() {
    return recordCodec;
  }

  /** What becomes of the records of a node that is down. */
  public final Ownership ownership() {
    return lifetime.ownership();
  }

  /** How long they stay visible on this node after it went down. */
  public final Duration grace() {
    return lifetime.options().grace();
  }

  /** How long they are held whole on this node after they were hidden. */
  public final Duration retention() {
    return lifetime.options().retention();
  }

  final Lifetime lifetime() {
    return lifetime;
  }

  /**
   * The same table with the given ownership; without it, it is {@link Ownership#REMOVE_RECORDS}.
   */
  public abstract TableSpec<K, R> ownership(Ownership other);

  /**
   * The same table whose records stay visible on this node for so long after their owner went down;
   * 0 by default. If the owner is back within that time, they are never hidden. If it leaves
   * cleanly or restarts, they go at once.
   */
  public abstract TableSpec<K, R> grace(Duration time);

  /**
   * The same table whose hidden records are held whole on this node for so long; 10 minutes by
   * default, 0 for not at all. Later only key and version stay, so that memory is given back, and
   * the records are fetched from their owner when it is back, before they are shown. It begins when
   * they are hidden, and anew when the owner was connected meanwhile. A time that is shorter than
   * the grace of other nodes can keep them from showing what they have not seen yet. A bag, whose
   * records are their own keys, and a table with {@link Ownership#KEEP} never let go of anything.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public abstract TableSpec<K, R> retention(Duration time);

  /** The same table with one more handler that is told of nodes that it loses on this node. */
  public abstract TableSpec<K, R> onNodeDown(NodeDownHandler handler);
}
