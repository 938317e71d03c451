package dev.cets.replication;

import java.util.function.Consumer;

/**
 * A way through all keys of a store, a bucket at a time, so that it can be left and taken up again
 * while the store changes.
 */
final class BucketWalk<K, R> {
  private final VersionStore<K, R> store;
  private long from;
  private boolean over = true;

  BucketWalk(VersionStore<K, R> store) {
    this.store = store;
  }

  void begin() {
    from = 0;
    over = false;
  }

  boolean isOver() {
    return over;
  }

  /**
   * Shows the keys of the next bucket, of which there is one.
   *
   * @return what it took: the number of keys, and one for the bucket
   */
  int next(Consumer<LiveVersions<K, R>> action) {
    HashRange bucket = HashRange.holding(store.bits(), from);
    int[] shown = {1};
    store.forEachIn(
        from,
        bucket.to(),
        live -> {
          shown[0]++;
          action.accept(live);
        });
    from = bucket.to() + 1;
    over = from == 0;
    return shown[0];
  }
}
