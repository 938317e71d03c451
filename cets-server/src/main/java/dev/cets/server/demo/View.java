package dev.cets.server.demo;

import java.io.PrintStream;
import java.util.List;

/**
 * Shows what goes on. On a terminal the state of the nodes stays at the bottom, redrawn in place,
 * and events scroll above it; elsewhere each is a plain line. Safe for use by many threads.
 */
final class View {
  private static final long PLAIN_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final boolean isTerminal;
  private List<String> state = List.of();
  private long plainNanos = System.nanoTime();

  View(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** Something has happened. */
  synchronized void event(String text) {
    clear();
    out.println(text);
    draw();
  }

  /** The nodes are like this now, one line each. */
  synchronized void state(List<String> lines) {
    if (isTerminal) {
      clear();
      state = List.copyOf(lines);
      draw();
    } else if (System.nanoTime() - plainNanos > PLAIN_NANOS) {
      plainNanos = System.nanoTime();
      out.println(String.join(" | ", lines));
    }
  }

  /** What is drawn stays as it is; events come below from now on. */
  synchronized void settle() {
    state = List.of();
  }

  private void clear() {
    if (!state.isEmpty()) {
      out.print("\u001b[" + state.size() + "A\u001b[J");
    }
  }

  private void draw() {
    state.forEach(out::println);
    out.flush();
  }
}
