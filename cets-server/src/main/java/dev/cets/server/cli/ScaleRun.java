package dev.cets.server.cli;

import dev.cets.server.console.Progress;
import dev.cets.server.console.Terminal;
import dev.cets.testkit.scale.Scale;
import dev.cets.testkit.scale.ScaleFigures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures one size of a cluster after the other. */
final class ScaleRun {
  private static final List<Integer> NODES = List.of(3, 5, 8, 16, 32, 64);
  private static final List<Integer> RECORDS = List.of(1_000, 100_000);

  private final Terminal terminal;
  private final List<Integer> nodes;
  private final List<Integer> records;

  /**
   * With so many nodes and records.
   *
   * @param nodes null: several numbers of them
   * @param records null: two numbers of them
   */
  ScaleRun(Terminal terminal, @Nullable Integer nodes, @Nullable Integer records) {
    this.terminal = terminal;
    this.nodes = nodes == null ? NODES : List.of(nodes);
    this.records = records == null ? RECORDS : List.of(records);
  }

  int sizes() {
    return nodes.size() * records.size();
  }

  /** A size that the heap has no room for is left out, and said so. */
  List<ScaleFigures> measure() {
    List<ScaleFigures> measured = new ArrayList<>();
    try (Progress progress = new Progress(terminal, "sim --scale", sizes(), "sizes")) {
      for (int table : records) {
        for (int size : nodes) {
          long heap = Scale.heapBytes(size, table);
          if (heap > Runtime.getRuntime().maxMemory()) {
            progress.clear();
            terminal
                .err()
                .printf(
                    "cets sim --scale: %d nodes with %d records are left out: they need a heap of"
                        + " some %d MiB, and JAVA_OPTS=-Xmx... sets it%n",
                    size, table, heap >> 20);
          } else {
            measured.add(Scale.measure(size, table));
            progress.update(measured.size(), measured.size());
          }
        }
      }
    }
    return measured;
  }
}
