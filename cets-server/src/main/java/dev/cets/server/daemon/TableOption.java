package dev.cets.server.daemon;

import dev.cets.BagSpec;
import dev.cets.CetsNode;
import dev.cets.OrderedSetSpec;
import dev.cets.Ownership;
import dev.cets.SetSpec;
import dev.cets.TableSpec;
import dev.cets.server.http.History;
import dev.cets.server.http.RecordTable;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.JsonRecordCodec;
import dev.cets.server.json.Keys;
import dev.cets.server.json.RecordFormat;
import dev.cets.server.json.TextKeyCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table as the command line names it: {@code name:type:keyfield[:keep]}, or with times in the
 * place of {@code keep}.
 *
 * @param name the table's name
 * @param type how many records a key may have, and whether keys are kept in order
 * @param keyField the field of a record that is its key
 * @param ownership what becomes of a record when its writer goes down
 * @param grace how long it stays visible after that
 * @param retention how long it is then held whole
 */
public record TableOption(
    String name,
    TableType type,
    String keyField,
    Ownership ownership,
    Duration grace,
    Duration retention) {
  private static final TableOption USUAL = usual();
  private static final String KEEP = "keep";
  private static final String GRACE = "grace";
  private static final String RETENTION = "retention";
  private static final String FORM =
      "name:set|ordered|bag:keyfield[:keep] is needed, as in sessions:set:id,"
          + " or [:grace=TIME][:retention=TIME] in the place of [:keep]";

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException with one sentence for the person at the command line
   */
  public static TableOption parse(String text) {
    List<String> parts = List.of(text.split(":", -1));
    if (parts.size() < 3) {
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
    try {
      Map<String, String> lifetime = lifetime(parts.subList(3, parts.size()));
      var option =
          new TableOption(
              parts.get(0),
              type,
              parts.get(2),
              lifetime.containsKey(KEEP) ? Ownership.KEEP : Ownership.REMOVE_RECORDS,
              time(lifetime.get(GRACE), USUAL.grace),
              time(lifetime.get(RETENTION), USUAL.retention));
      option.set();
      return option;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "': " + e.getMessage(), e);
    }
  }

  private static Map<String, String> lifetime(List<String> parts) {
    Map<String, String> lifetime = new HashMap<>();
    for (String part : parts) {
      int sign = part.indexOf('=');
      String key = sign < 0 ? part : part.substring(0, sign);
      if (!(part.equals(KEEP) || (sign > 0 && (key.equals(GRACE) || key.equals(RETENTION))))) {
        throw new IllegalArgumentException(
            "'%s' is unknown; 'keep', 'grace=TIME' and 'retention=TIME' are allowed there; %s"
                .formatted(part, FORM));
      }
      if (lifetime.put(key, part.substring(sign + 1)) != null) {
        throw new IllegalArgumentException("'" + key + "' is given twice");
      }
    }
    if (lifetime.containsKey(KEEP) && lifetime.size() > 1) {
      throw new IllegalArgumentException(
          "records of a 'keep' table are never hidden, so it has neither grace nor retention");
    }
    return lifetime;
  }

  private static Duration time(@Nullable String text, Duration usual) {
    return text == null ? usual : TimeText.parse(text);
  }

  /** With the times that a table has if nobody says otherwise. */
  private static TableOption usual() {
    TableSpec<String, JsonRecord> spec =
        TableSpec.set(
            "any",
            new TextKeyCodec(),
            new JsonRecordCodec(new RecordFormat("id")),
            JsonRecord::key);
    return new TableOption(
        spec.name(), TableType.SET, "id", spec.ownership(), spec.grace(), spec.retention());
  }

  /** Opens it; its conflicts go into the history. */
  RecordTable openOn(CetsNode node, History history) {
    return switch (type) {
      case SET -> new JsonSet(node.open(set().onConflict(history::found)), format());
      case ORDERED ->
          new JsonOrderedSet(node.open(orderedSet().onConflict(history::found)), format());
      case BAG -> new JsonBag(node.open(bag()), format());
    };
  }

  private SetSpec<String, JsonRecord> set() {
    return TableSpec.set(name, new TextKeyCodec(), codec(), JsonRecord::key)
        .ownership(ownership)
        .grace(grace)
        .retention(retention);
  }

  private OrderedSetSpec<String, JsonRecord> orderedSet() {
    return TableSpec.orderedSet(
            name, new TextKeyCodec(), codec(), JsonRecord::key, Keys.CODE_POINT_ORDER)
        .ownership(ownership)
        .grace(grace)
        .retention(retention);
  }

  private BagSpec<String, JsonRecord> bag() {
    return TableSpec.bag(name, new TextKeyCodec(), codec(), JsonRecord::key)
        .ownership(ownership)
        .grace(grace)
        .retention(retention);
  }

  private RecordFormat format() {
    return new RecordFormat(keyField);
  }

  private JsonRecordCodec codec() {
    return new JsonRecordCodec(format());
  }
}
