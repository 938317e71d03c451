package dev.cets;

import java.util.List;

/**
 * Is told all records of a table first, and then each change, without a hole or a double in
 * between. After a {@link #gap} comes another snapshot: there is no need to read the table.
 */
public interface SnapshotListener<K, R> extends ChangeListener<K, R> {
  /**
   * The whole table as of one moment, in no order unless the type has one; in place of all that was
   * told before. The changes that follow came after that moment.
   */
  void snapshot(List<R> records);
}
