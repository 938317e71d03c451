package dev.cets.replication;

import dev.cets.spi.Codec;

/**
 * What two nodes must agree on to replicate a table, and how its values travel.
 *
 * @param type one of the constants
 * @param keep whether the records of a node that is down stay
 * @param groupCodec for what {@link VersionStore#group} answers
 */
public record TableDefinition<K, R>(
    String name,
    String type,
    boolean keep,
    Codec<K> keyCodec,
    Codec<R> recordCodec,
    Codec<K> groupCodec) {
  /** One each of whose keys is a group by itself. */
  public TableDefinition(
      String name, String type, boolean keep, Codec<K> keyCodec, Codec<R> recordCodec) {
    this(name, type, keep, keyCodec, recordCodec, keyCodec);
  }

  /** The type of a table with one record per key. */
  public static final String SET = "set";

  /** The type of a table with one record per key, in the order of keys. */
  public static final String ORDERED_SET = "ordered-set";

  /**
   * The type of a table with several records per key. A key of replication is a whole record then,
   * and nodes that write equal ones do not take them over from each other.
   */
  public static final String BAG = "bag";

  boolean isBag() {
    return type.equals(BAG);
  }

  /** Equal on nodes that can replicate the table with each other. */
  public String fingerprint() {
    return type
        + (keep ? " keep" : "")
        + " key "
        + keyCodec.fingerprint()
        + " record "
        + recordCodec.fingerprint();
  }
}
