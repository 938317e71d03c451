package dev.cets.bench.suite;

import dev.cets.bench.report.Metric;
import dev.cets.bench.report.Results;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * What the suites of one run share.
 *
 * @param plan how much
 * @param kinds which systems, without the raw one
 * @param jvm how children are started
 * @param results where figures go
 * @param progress where it is told what goes on
 */
public record Run(Plan plan, List<Kind> kinds, Jvm jvm, Results results, PrintStream progress) {
  interface Step {
    void run();
  }

  void say(String what) {
    progress.println("bench: " + what);
  }

  void add(Kind kind, Metric metric, double value) {
    if (plan.wants(metric)) {
      results.add(kind.id(), metric, value);
      say(
          String.format(
              Locale.ROOT, "%-10s %-24s %,.2f %s", kind.id(), metric.id(), value, metric.unit()));
    }
  }

  /** Does it; if the system cannot, these cells say why. Says whether it could. */
  boolean tried(Kind kind, List<Metric> metrics, Step step) {
    try {
      step.run();
      return true;
    } catch (ChildException e) {
      for (Metric metric : metrics) {
        if (plan.wants(metric)) {
          tellMissing(kind, metric, e);
        }
      }
      return false;
    }
  }

  private void tellMissing(Kind kind, Metric metric, ChildException e) {
    if (e.isOffered()) {
      results.failed(kind.id(), metric, String.valueOf(e.getMessage()));
      say(kind.id() + " " + metric.id() + " failed: " + e.getMessage());
    } else {
      results.notOffered(kind.id(), metric, String.valueOf(e.getMessage()));
    }
  }

  void notOffered(Kind kind, Metric metric, String why) {
    if (plan.wants(metric)) {
      results.notOffered(kind.id(), metric, why);
    }
  }
}
