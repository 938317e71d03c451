package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.cets.Change;
import dev.cets.server.json.JsonRecord;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What watchers are told, in JSON: scripts rely on these names. */
final class WatchEvents {
  private WatchEvents() {}

  /** So many records follow, and are all that there is; what was told before does not count. */
  static ObjectNode snapshot(int records) {
    return event("snapshot").put("records", records);
  }

  /** One of a snapshot. */
  static ObjectNode record(JsonRecord record) {
    ObjectNode json = event("record").put("key", record.key());
    put(json, "new", record);
    return json;
  }

  static ObjectNode change(Change<String, JsonRecord> change) {
    ObjectNode json = event(change.kind().name().toLowerCase(Locale.ROOT));
    json.put("key", change.key());
    put(json, "old", change.oldRecord());
    put(json, "new", change.newRecord());
    return json.put("cause", change.cause().name());
  }

  /** Changes are left out here. */
  static ObjectNode gap() {
    return event("gap");
  }

  /** The daemon ends: nothing follows. */
  static ObjectNode closed() {
    return event("closed");
  }

  private static ObjectNode event(String name) {
    return Json.object().put("event", name);
  }

  private static void put(ObjectNode json, String name, @Nullable JsonRecord record) {
    if (record != null) {
      json.putRawValue(name, new RawValue(record.toString()));
    }
  }
}
