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
    return lines(rows.getFirst().size(), Integer.MAX_VALUE);
  }

  /**
   * As the other, in so many characters: columns that do not fit are left out, the last ones first,
   * and of the first column there is what fits.
   */
  public List<String> lines(int limit) {
    int columns = 1;
    int width = width(0);
    while (columns < rows.getFirst().size() && width + GAP.length() + width(columns) <= limit) {
      width += GAP.length() + width(columns);
      columns++;
    }
    return lines(columns, limit);
  }

  private List<String> lines(int columns, int limit) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(width(i) - row.get(i).length())).append(GAP);
      }
      line.setLength(Math.min(line.length(), limit));
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
