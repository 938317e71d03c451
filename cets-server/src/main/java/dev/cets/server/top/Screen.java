package dev.cets.server.top;

import dev.cets.server.top.Line.Mood;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The whole terminal, for frames that are drawn over each other; what was there before comes back
 * at the end. A frame goes out in one piece and erases only what it does not cover, so nothing
 * flickers.
 */
public final class Screen implements AutoCloseable {
  private static final String ESC = "\u001b[";
  private static final String OPEN = ESC + "?1049h" + ESC + "?25l";
  private static final String CLOSE = ESC + "?25h" + ESC + "?1049l";

  private final PrintStream out;
  private final boolean coloured;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes the terminal. */
  public Screen(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
    write(OPEN);
  }

  /** Draws what fits into so many rows. */
  public void draw(List<Line> lines, int rows) {
    write(text(lines, rows, coloured));
  }

  static String text(List<Line> lines, int rows, boolean coloured) {
    boolean all = lines.size() <= rows;
    List<Line> shown = all ? lines : lines.subList(0, Math.max(0, rows - 1));
    StringBuilder text = new StringBuilder(ESC).append("?2026h").append(ESC).append('H');
    for (int i = 0; i < shown.size(); i++) {
      text.append(i == 0 ? "" : "\r\n").append(painted(shown.get(i), coloured));
      text.append(ESC).append('K');
    }
    if (!all) {
      text.append(shown.isEmpty() ? "" : "\r\n").append("...").append(ESC).append('K');
    }
    return text.append(ESC).append('J').append(ESC).append("?2026l").toString();
  }

  private static String painted(Line line, boolean coloured) {
    if (!coloured || line.mood() == Mood.PLAIN) {
      return line.text();
    }
    String colour =
        switch (line.mood()) {
          case HEAD -> "1m";
          case BUSY -> "33m";
          case BAD -> "31m";
          case PLAIN -> "0m";
        };
    return ESC + colour + line.text() + ESC + "0m";
  }

  private void write(String text) {
    out.print(text);
    out.flush();
  }

  /** Gives the terminal back; more than once does no harm. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      write(CLOSE);
    }
  }
}
