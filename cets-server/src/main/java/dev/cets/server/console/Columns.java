package dev.cets.server.console;

import java.util.ArrayList;
import java.util.List;

/** Rows of texts below each other, for people; the first row is the head. */
public final class Columns {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Begins with these heads. */
  public Columns(String... heads) {
    rows.add(List.of(heads));
  }

  /** One more row, with as many texts as there are heads. */
  public void add(String... texts) {
    if (texts.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          texts.length + " texts in a row of " + rows.getFirst().size());
    }
    rows.add(List.of(texts));
  }

  /** Is there anything but the head? */
  public boolean isEmpty() {
    return rows.size() == 1;
  }

  /** The lines, without blanks at their ends. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).append(" ".repeat(width(i) - row.get(i).length())).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
