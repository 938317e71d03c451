package dev.cets.server.daemon;

import dev.cets.OrderedSetTable;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.KeyRange;
import dev.cets.server.json.RecordFormat;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.stream.Stream;

/** A table with its keys in order: only what is asked for is looked at. */
final class JsonOrderedSet extends JsonSet {
  private final OrderedSetTable<String, JsonRecord> table;

  JsonOrderedSet(OrderedSetTable<String, JsonRecord> table, RecordFormat format) {
    super(table, format);
    this.table = table;
  }

  @Override
  public Stream<JsonRecord> read(KeyRange range, boolean descending) {
    if (range.isEmpty()) {
      return Stream.empty();
    }
    ConcurrentNavigableMap<String, JsonRecord> part = table.asMap();
    if (range.from() != null) {
      part = part.tailMap(range.from(), true);
    }
    if (range.to() != null) {
      part = part.headMap(range.to(), false);
    }
    return (descending ? part.descendingMap() : part).values().stream();
  }
}
