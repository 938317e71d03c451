package dev.cets.replication;

/** Where events go. */
@FunctionalInterface
public interface Journal {
  /** Never throws. */
  void told(Event event);
}
