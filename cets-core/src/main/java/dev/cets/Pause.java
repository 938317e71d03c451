package dev.cets;

/**
 * Holds back the writes that callers of this node make to a table, until it is closed or its
 * longest time is over. They wait, each for its deadline at most, and are applied in their order
 * after the last pause of the table. Reads, {@code ping} and {@code info} go on, and so do the
 * writes of other nodes.
 *
 * <p>Made to be used with try-with-resources.
 */
public final class Pause implements AutoCloseable {
  private final Runnable end;

  Pause(Runnable end) {
    this.end = end;
  }

  /** Lets the writes go, unless another pause holds them. Does not wait; harmless when repeated. */
  @Override
  public void close() {
    end.run();
  }
}
