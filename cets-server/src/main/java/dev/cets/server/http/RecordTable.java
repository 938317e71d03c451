package dev.cets.server.http;

import dev.cets.Receipt;
import dev.cets.TableStatus;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.RecordFormat;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table as the HTTP interface needs it. Writes throw as those of {@link dev.cets.SetTable}. */
public interface RecordTable {
  /** What its records look like. */
  RecordFormat format();

  /** The record of this key, or null. */
  @Nullable JsonRecord lookup(String key);

  /** All records, in no order. */
  Stream<JsonRecord> stream();

  /** Writes the records as one write. */
  Receipt insert(List<JsonRecord> records, Duration deadline);

  /** Removes the record of this key. */
  Receipt delete(String key, Duration deadline);

  /** What the node knows of the table. */
  TableStatus status();
}
