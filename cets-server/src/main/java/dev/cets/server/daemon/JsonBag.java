package dev.cets.server.daemon;

import dev.cets.BagTable;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.RecordFormat;
import java.time.Duration;
import java.util.List;

/** A table with several records per key. */
final class JsonBag extends JsonTable {
  private final BagTable<String, JsonRecord> table;

  JsonBag(BagTable<String, JsonRecord> table, RecordFormat format) {
    super(table, format);
    this.table = table;
  }

  @Override
  public boolean isBag() {
    return true;
  }

  @Override
  public List<JsonRecord> insertNew(JsonRecord record, Duration deadline) {
    return table.withDeadline(deadline).insertNewOrLookup(record);
  }

  @Override
  public List<JsonRecord> lookup(String key) {
    return table.lookup(key);
  }
}
