package dev.cets.server.console;

/**
 * A bar that fills while something long goes on. On a terminal it is redrawn in place; elsewhere it
 * is a plain line now and then. Used by one thread.
 */
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long PLAIN_NANOS = 5_000_000_000L;

  private final Terminal terminal;
  private final String what;
  private final long total;
  private final String units;
  private final long startNanos = System.nanoTime();
  private long shownNanos = startNanos;
  private boolean drawn;

  /** With what is going on, and how many units it is in all; 0 if that is not known. */
  public Progress(Terminal terminal, String what, long total) {
    this(terminal, what, total, "records");
  }

  /** As above, with the name of what is counted and shown. */
  public Progress(Terminal terminal, String what, long total, String units) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
    this.units = units;
  }

  /** So much of the total is done by now, which are so many records, or whatever is counted. */
  public void update(long done, long records) {
    long now = System.nanoTime();
    long interval = terminal.isErrTerminal() ? REDRAW_NANOS : PLAIN_NANOS;
    if (now - shownNanos >= interval) {
      shownNanos = now;
      show(done, records, now);
    }
  }

  private void show(long done, long records, long now) {
    double fraction = total == 0 ? 0 : Math.min(1, (double) done / total);
    String percent = total == 0 ? "" : "%3d%% ".formatted(Math.round(fraction * 100));
    double seconds = (now - startNanos) / 1e9;
    String figures =
        "%s%s %s, %s %s/s"
            .formatted(
                percent,
                Texts.count(records),
                units,
                Texts.count(Math.round(records / seconds)),
                units);
    if (!terminal.isErrTerminal()) {
      terminal.err().println(what + ": " + figures);
      return;
    }
    int filled = (int) Math.round(fraction * WIDTH);
    String bar = total == 0 ? "" : "[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] ";
    terminal.err().print("\r" + what + " " + bar + figures + "\u001b[K");
    terminal.err().flush();
    drawn = true;
  }

  /** The time since the beginning. */
  public double seconds() {
    return Math.max(1e-9, (System.nanoTime() - startNanos) / 1e9);
  }

  /** Takes the bar away. */
  public void clear() {
    if (drawn) {
      drawn = false;
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }

  @Override
  public void close() {
    clear();
  }
}
