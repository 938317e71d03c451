package dev.cets.server.daemon;

import dev.cets.Receipt;
import dev.cets.SetTable;
import dev.cets.TableStatus;
import dev.cets.server.http.RecordTable;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.RecordFormat;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of the node, served by HTTP. */
record JsonTable(SetTable<String, JsonRecord> table, RecordFormat format) implements RecordTable {
  @Override
  public @Nullable JsonRecord lookup(String key) {
    return table.lookup(key);
  }

  @Override
  public Stream<JsonRecord> stream() {
    return table.stream();
  }

  @Override
  public Receipt insert(List<JsonRecord> records, Duration deadline) {
    return table.withDeadline(deadline).insertMany(records);
  }

  @Override
  public Receipt delete(String key, Duration deadline) {
    return table.withDeadline(deadline).delete(key);
  }

  @Override
  public TableStatus status() {
    return table.status();
  }
}
