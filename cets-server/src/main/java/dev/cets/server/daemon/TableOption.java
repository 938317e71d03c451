package dev.cets.server.daemon;

import dev.cets.BagSpec;
import dev.cets.CetsNode;
import dev.cets.OrderedSetSpec;
import dev.cets.Ownership;
import dev.cets.SetSpec;
import dev.cets.TableSpec;
import dev.cets.server.http.RecordTable;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.JsonRecordCodec;
import dev.cets.server.json.Keys;
import dev.cets.server.json.RecordFormat;
import dev.cets.server.json.TextKeyCodec;
import java.util.List;

/**
 * A table as the command line names it: {@code name:type:keyfield[:keep]}.
 *
 * @param name the table's name
 * @param type how many records a key may have, and whether keys are kept in order
 * @param keyField the field of a record that is its key
 * @param ownership what becomes of a record when its writer goes down
 */
public record TableOption(String name, TableType type, String keyField, Ownership ownership) {
  private static final String FORM =
      "name:set|ordered|bag:keyfield[:keep] is needed, as in sessions:set:id";

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
    TableType type =
        TableType.parse(parts.get(1))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s': the type is '%s'; one of %s is needed; %s"
                            .formatted(text, parts.get(1), TableType.all(), FORM)));
    if (parts.get(2).isEmpty()) {
      throw new IllegalArgumentException("'" + text + "': the key field is empty; " + FORM);
    }
    if (parts.size() == 4 && !parts.get(3).equals("keep")) {
      throw new IllegalArgumentException(
          "'%s': '%s' is unknown; only 'keep' is allowed there; %s"
              .formatted(text, parts.get(3), FORM));
    }
    Ownership ownership = parts.size() == 4 ? Ownership.KEEP : Ownership.REMOVE_RECORDS;
    var option = new TableOption(parts.get(0), type, parts.get(2), ownership);
    try {
      option.set();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
    }
    return option;
  }

  RecordTable openOn(CetsNode node) {
    return switch (type) {
      case SET -> new JsonSet(node.open(set()), format());
      case ORDERED -> new JsonOrderedSet(node.open(orderedSet()), format());
      case BAG -> new JsonBag(node.open(bag()), format());
    };
  }

  private SetSpec<String, JsonRecord> set() {
    return TableSpec.set(name, new TextKeyCodec(), codec(), JsonRecord::key).ownership(ownership);
  }

  private OrderedSetSpec<String, JsonRecord> orderedSet() {
    return TableSpec.orderedSet(
            name, new TextKeyCodec(), codec(), JsonRecord::key, Keys.CODE_POINT_ORDER)
        .ownership(ownership);
  }

  private BagSpec<String, JsonRecord> bag() {
    return TableSpec.bag(name, new TextKeyCodec(), codec(), JsonRecord::key).ownership(ownership);
  }

  private RecordFormat format() {
    return new RecordFormat(keyField);
  }

  private JsonRecordCodec codec() {
    return new JsonRecordCodec(format());
  }
}
