package dev.cets.server.daemon;

import dev.cets.Ownership;
import dev.cets.SetSpec;
import dev.cets.TableSpec;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.JsonRecordCodec;
import dev.cets.server.json.RecordFormat;
import dev.cets.server.json.TextKeyCodec;
import java.util.List;

/**
 * A table as the command line names it: {@code name:set:keyfield[:keep]}.
 *
 * @param name the table's name
 * @param keyField the field of a record that is its key
 * @param ownership what becomes of a record when its writer goes down
 */
public record TableOption(String name, String keyField, Ownership ownership) {
  private static final String FORM = "name:set:keyfield[:keep] is needed, as in sessions:set:id";

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException with one sentence for the person at the command line
   */
  public static TableOption parse(String text) {
    List<String> parts = List.of(text.split(":", -1));
    if (parts.size() < 3 || parts.size() > 4) {
      throw new IllegalArgumentException("'" + text + "' is no table; " + FORM);
    }
    String type = parts.get(1);
    if (!type.equals("set")) {
      throw new IllegalArgumentException(
          "'%s': the type is '%s'; only 'set' is available; %s".formatted(text, type, FORM));
    }
    if (parts.get(2).isEmpty()) {
      throw new IllegalArgumentException("'" + text + "': the key field is empty; " + FORM);
    }
    if (parts.size() == 4 && !parts.get(3).equals("keep")) {
      throw new IllegalArgumentException(
          "'%s': '%s' is unknown; only 'keep' is allowed there; %s"
              .formatted(text, parts.get(3), FORM));
    }
    Ownership ownership = parts.size() == 4 ? Ownership.KEEP : Ownership.REMOVE_RECORDS;
    var option = new TableOption(parts.get(0), parts.get(2), ownership);
    try {
      option.spec();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
    }
    return option;
  }

  SetSpec<String, JsonRecord> spec() {
    return TableSpec.set(
            name,
            new TextKeyCodec(),
            new JsonRecordCodec(new RecordFormat(keyField)),
            JsonRecord::key)
        .ownership(ownership);
  }
}
