package dev.cets.replication;

/** How far a pull is: what came so far, and about how much is to come. */
final class Progress {
  private static final long ALL_PERCENT = 100;

  private long keys;
  private long keysLeft;
  private long records;
  private long bytes;
  private boolean begun;

  /**
   * A chunk was taken.
   *
   * @param chunkKeys of how many keys it told
   * @param chunkRecords how many records it brought
   * @param chunkBytes its size
   * @param left about how many keys the chunks behind it tell of
   */
  void taken(int chunkKeys, int chunkRecords, int chunkBytes, long left) {
    begun = true;
    keys += chunkKeys;
    keysLeft = left;
    records += chunkRecords;
    bytes += chunkBytes;
  }

  long records() {
    return records;
  }

  long bytes() {
    return bytes;
  }

  Transfer view() {
    long all = keys + keysLeft;
    long percent = !begun ? 0 : all == 0 ? ALL_PERCENT : keys * ALL_PERCENT / all;
    return new Transfer(keys, keysLeft, records, bytes, (int) percent);
  }
}
