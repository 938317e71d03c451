package dev.cets.server.daemon;

import dev.cets.SetTable;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.RecordFormat;
import java.time.Duration;
import java.util.List;

/** A table with one record per key. */
class JsonSet extends JsonTable {
  private final SetTable<String, JsonRecord> table;

  JsonSet(SetTable<String, JsonRecord> table, RecordFormat format) {
    super(table, format);
    this.table = table;
  }

  @Override
  public final List<JsonRecord> lookup(String key) {
    JsonRecord record = table.lookup(key);
    return record == null ? List.of() : List.of(record);
  }

  @Override
  public final boolean isBag() {
    return false;
  }

  @Override
  public final List<JsonRecord> insertNew(JsonRecord record, Duration deadline) {
    return table.withDeadline(deadline).insertNewOrLookup(record).stream().toList();
  }
}
