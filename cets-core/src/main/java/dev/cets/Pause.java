package dev.cets;

/**
 * Holds back the writes that callers make to a table, on this node or on others, until it is closed
 * or its longest time is over. They wait, each for its deadline at most, and are applied in their
 * order after the last pause of the table on their node; {@code insertNew} and its like, of which
 * the leader is asked again then, in no order. Reads, {@code ping} and {@code info} go on, and so
 * do the writes of nodes that are not paused.
 *
 * <p>Made to be used with try-with-resources.
 */
public final class Pause implements AutoCloseable {
  private final Runnable end;

  Pause(Runnable end) {
    this.end = end;
  }

  /**
   * Lets the writes go, unless another pause holds them. Does not wait, also not for other nodes to
   * do so; harmless when repeated.
   */
  @Override
  public void close() {
    end.run();
  }
}
