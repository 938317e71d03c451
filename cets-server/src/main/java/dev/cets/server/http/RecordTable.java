package dev.cets.server.http;

import dev.cets.ChangeListener;
import dev.cets.ListenerOptions;
import dev.cets.Receipt;
import dev.cets.SnapshotListener;
import dev.cets.Subscription;
import dev.cets.TableComparison;
import dev.cets.TableStatus;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.KeyRange;
import dev.cets.server.json.RecordFormat;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A table of JSON records as the HTTP interface needs it. Writes end as those of a table do. */
public interface RecordTable {
  /** What its records look like. */
  RecordFormat format();

  /** May there be several records of one key? */
  boolean isBag();

  /** The records of this key, in no order; of a set at most one. */
  List<JsonRecord> lookup(String key);

  /** The records of a range of keys, in the order of code points or against it. */
  Stream<JsonRecord> read(KeyRange range, boolean descending);

  /** The same as readers of another node see it; all of it is here, or an exception is thrown. */
  Stream<JsonRecord> readOf(String node, Duration deadline, KeyRange range, boolean descending);

  /** Writes the records as one write. */
  Receipt insert(List<JsonRecord> records, Duration deadline);

  /** Writes the record if its key has none; otherwise those that stand, in no order. */
  List<JsonRecord> insertNew(JsonRecord record, Duration deadline);

  /** Writes the record when the leader of the table lets it at the key. */
  Receipt insertSerial(JsonRecord record, Duration deadline);

  /** Removes the records of this key. */
  Receipt delete(String key, Duration deadline);

  /** Removes exactly these records as one write. */
  Receipt deleteObjects(List<JsonRecord> records, Duration deadline);

  /** Tells every change from now on. */
  Subscription listen(ChangeListener<String, JsonRecord> listener, ListenerOptions options);

  /** Tells all records, and then every change. */
  Subscription subscribe(SnapshotListener<String, JsonRecord> listener, ListenerOptions options);

  /** Compares it with the other nodes; waits for so long at most. */
  TableComparison compare(Duration deadline);

  /** What the node knows of the table. */
  TableStatus status();
}
