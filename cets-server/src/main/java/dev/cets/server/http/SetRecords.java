package dev.cets.server.http;

import dev.cets.Receipt;
import dev.cets.server.json.JsonRecord;
import java.time.Duration;
import java.util.Optional;

/** A table with one record per key, and what only such tables can do. */
public interface SetRecords extends RecordTable {
  /** Writes the record if its key has none; otherwise the record that stands. */
  Optional<JsonRecord> insertNew(JsonRecord record, Duration deadline);

  /** Writes the record when the leader of the table lets it at the key. */
  Receipt insertSerial(JsonRecord record, Duration deadline);
}
