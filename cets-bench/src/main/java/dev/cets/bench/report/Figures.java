package dev.cets.bench.report;

import java.util.Locale;
import java.util.Optional;

/** Figures for people. */
final class Figures {
  private static final double SMALL = 100;

  private Figures() {}

  /** A figure with as many digits as mean something. */
  static String text(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < SMALL ? "%,.2f" : "%,.0f", value);
  }

  /** The middle of a cell, and how far its rounds are apart; or why there is nothing. */
  static String cell(Document document, String system, Metric metric) {
    Optional<Result> result = document.result(system, metric);
    if (result.isEmpty()) {
      return document.missing(system, metric).map(Missing::why).orElse("");
    }
    Result figure = result.get();
    return figure.rounds() == 1
        ? text(figure.value())
        : text(figure.value()) + " (" + text(figure.low()) + " to " + text(figure.high()) + ")";
  }
}
