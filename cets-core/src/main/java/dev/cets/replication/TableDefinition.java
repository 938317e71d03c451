package dev.cets.replication;

import dev.cets.spi.Codec;

/**
 * What two nodes must agree on to replicate a table, and how its values travel.
 *
 * @param keep whether the records of a node that is down stay
 */
public record TableDefinition<K, R>(
    String name, String type, boolean keep, Codec<K> keyCodec, Codec<R> recordCodec) {
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
