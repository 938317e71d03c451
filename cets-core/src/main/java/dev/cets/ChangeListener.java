package dev.cets;

/**
 * Is told of the changes of a table on this node, each after readers can see it.
 *
 * <p>Calls come one at a time, in the order of the changes, on an executor of their own: they may
 * block, and may read and write tables. A listener that is slow delays nobody but itself; when too
 * many changes wait for it, they are dropped, and {@link #gap} is told in their place. What it
 * throws is logged, and the next change is told.
 */
@FunctionalInterface
public interface ChangeListener<K, R> {
  /** A record was inserted, updated or deleted. */
  void changed(Change<K, R> change);

  /**
   * Changes were dropped. Who keeps something in step with the table reads the table again, here;
   * what changes from now on is told, so it may be told of changes that it has just read.
   */
  default void gap() {}

  /** The table was closed on this node: nothing follows. What still waited was dropped. */
  default void closed() {}
}
