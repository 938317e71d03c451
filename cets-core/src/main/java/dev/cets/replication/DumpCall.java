package dev.cets.replication;

/** A caller who wants all records that the readers of a peer see. */
public interface DumpCall<K, R> {
  /**
   * One of them, in the order in which the peer shows them. Nothing is sure before {@link #done}.
   */
  void shown(K key, R record);

  /** These were all. Told once, unless it failed. */
  void done();

  /** Not all of them can be had. Told once, unless it is done. */
  void failed(String reason);
}
