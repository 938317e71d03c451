package dev.cets.server.daemon;

import dev.cets.ChangeListener;
import dev.cets.ListenerOptions;
import dev.cets.Receipt;
import dev.cets.SnapshotListener;
import dev.cets.Subscription;
import dev.cets.Table;
import dev.cets.TableComparison;
import dev.cets.TableStatus;
import dev.cets.server.http.RecordTable;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.KeyRange;
import dev.cets.server.json.Keys;
import dev.cets.server.json.RecordFormat;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A table of the node, served by HTTP: what tables of all types have in common. */
abstract class JsonTable implements RecordTable {
  /** Records of one key, which a bag has, follow each other by their texts: equal on every node. */
  private static final Comparator<JsonRecord> BY_KEY =
      Comparator.comparing(JsonRecord::key, Keys.CODE_POINT_ORDER)
          .thenComparing(JsonRecord::toString);

  private final Table<String, JsonRecord> table;
  private final RecordFormat format;

  JsonTable(Table<String, JsonRecord> table, RecordFormat format) {
    this.table = table;
    this.format = format;
  }

  @Override
  public final RecordFormat format() {
    return format;
  }

  @Override
  public Stream<JsonRecord> read(KeyRange range, boolean descending) {
    return sorted(table.stream(), range, descending);
  }

  @Override
  public final Stream<JsonRecord> readOf(
      String node, Duration deadline, KeyRange range, boolean descending) {
    return sorted(table.dump(node, deadline).stream(), range, descending);
  }

  /** Only references are sorted. */
  private static Stream<JsonRecord> sorted(
      Stream<JsonRecord> records, KeyRange range, boolean descending) {
    return records
        .filter(record -> range.contains(record.key()))
        .sorted(descending ? BY_KEY.reversed() : BY_KEY);
  }

  @Override
  public final Receipt insert(List<JsonRecord> records, Duration deadline) {
    return table.withDeadline(deadline).insertMany(records);
  }

  @Override
  public final Receipt insertSerial(JsonRecord record, Duration deadline) {
    return table.withDeadline(deadline).insertSerial(record);
  }

  @Override
  public final Receipt delete(String key, Duration deadline) {
    return table.withDeadline(deadline).delete(key);
  }

  @Override
  public final Receipt deleteObjects(List<JsonRecord> records, Duration deadline) {
    return table.withDeadline(deadline).deleteObjects(records);
  }

  @Override
  public final Subscription listen(
      ChangeListener<String, JsonRecord> listener, ListenerOptions options) {
    return table.listen(listener, options);
  }

  @Override
  public final Subscription subscribe(
      SnapshotListener<String, JsonRecord> listener, ListenerOptions options) {
    return table.subscribe(listener, options);
  }

  @Override
  public final TableComparison compare(Duration deadline) {
    return table.compare(deadline);
  }

  @Override
  public final TableStatus status() {
    return table.status();
  }
}
