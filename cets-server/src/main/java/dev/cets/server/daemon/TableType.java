package dev.cets.server.daemon;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of tables, as the command line names them. */
public enum TableType {
  /** One record per key. */
  SET,
  /** One record per key, with the keys in order. */
  ORDERED,
  /** Several records per key. */
  BAG;

  static Optional<TableType> parse(String text) {
    return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
  }

  static String all() {
    return Arrays.stream(values()).map(TableType::text).collect(Collectors.joining(", "));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
