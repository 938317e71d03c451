package dev.cets.bench.member;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of a system: what the loops call. Whatever a system lacks ends in a {@link
 * NotOfferedException}. Used by many threads.
 */
public interface ReplicatedTable {
  /** Writes, and returns when all members have it, if the system can tell. */
  void put(Item item);

  /** As one call of the system. */
  void putMany(List<Item> items);

  /** How many keys there are here. */
  int size();

  /** What is under a key here, or null. Whatever the system stores. */
  @Nullable Object get(String key);

  /** The first byte of the value under a key here; -1 if there is none. */
  int firstByte(String key);

  /** As {@link #put}, without waiting. */
  default CompletableFuture<?> putAsync(Item item) {
    throw new NotOfferedException("no asynchronous write that says when all have it");
  }

  /** Writes if there is nothing under the key in the whole cluster; says whether it did. */
  default boolean putNew(Item item) {
    throw new NotOfferedException("no write on the condition that a key is absent");
  }

  /** Is it decided on this member, or on another one, whether {@link #putNew} of a key wins? */
  default boolean decidedHere(String key, boolean here) {
    return true;
  }

  /** Writes so that concurrent writers of one key leave all members with the same value. */
  default void putSerial(Item item) {
    throw new NotOfferedException("no serialised write");
  }

  /** How many records there are from one key on, up to another one, looking at each of them. */
  default int range(String from, String to) {
    throw new NotOfferedException("no order of keys");
  }

  /** Removes what is under a key; returns when all members know, if the system can tell. */
  default void delete(String key) {
    throw new NotOfferedException("no removal of a key");
  }

  /** All that is here. */
  default Stream<Item> items() {
    throw new NotOfferedException("no walk over all records");
  }

  /** What became of a write that ended in this. */
  default Outcome outcome(Throwable failure) {
    return Outcome.FAILED;
  }

  /**
   * Lets the system itself compare this member with all others: what differs, or why it is not
   * known; empty if all are equal.
   */
  default String differences() {
    throw new NotOfferedException("no comparison of members");
  }

  /** How many versions the system found to differ where nothing should have, since it began. */
  default long mended() {
    throw new NotOfferedException("no such figure");
  }

  /** How many members hold the same table, this one included, when all is in step. */
  default int joined() {
    throw new NotOfferedException("no such figure");
  }
}
