package dev.cets.bench.report;

import java.io.PrintStream;
import java.util.Locale;

/** A run for a terminal. */
public final class TextReport {
  private TextReport() {}

  /** Prints one line a figure, with the spread of its rounds, and one for each empty cell. */
  public static void print(Document document, PrintStream out) {
    for (Metric metric : Metric.values()) {
      for (Result result : document.results()) {
        if (result.metric().equals(metric.id())) {
          out.println(
              String.format(
                  Locale.ROOT,
                  "%-32s %-11s %s %s",
                  metric.id(),
                  result.system(),
                  Figures.cell(document, result.system(), metric),
                  metric.unit()));
        }
      }
      for (Missing missing : document.missing()) {
        if (missing.metric().equals(metric.id())) {
          out.println(
              String.format(
                  Locale.ROOT, "%-32s %-11s - %s", metric.id(), missing.system(), missing.why()));
        }
      }
    }
  }
}
