package dev.cets.replication;

/** How far the two sides of one link are with the pauses that this side holds on the other. */
final class LinkPauses {
  private long told;
  private long toldNanos;
  private long taken;
  private long wrote;
  private long heard;

  void told(long revision, long nowNanos) {
    told = revision;
    toldNanos = nowNanos;
  }

  /** Was something told before this time, and has not been answered? */
  boolean isUnanswered(long sinceNanos) {
    return taken < told && toldNanos <= sinceNanos;
  }

  void taken(long revision, long lastWrite) {
    taken = Math.max(taken, Math.min(revision, told));
    wrote = Math.max(wrote, lastWrite);
  }

  /** The revision that the other side follows. */
  long taken() {
    return taken;
  }

  /** The last write that the other side had made when it said so. */
  long wrote() {
    return wrote;
  }

  /** The other side tells of its own pauses; says whether it has not told anything later. */
  boolean hears(long revision) {
    boolean news = revision >= heard;
    heard = Math.max(heard, revision);
    return news;
  }
}
