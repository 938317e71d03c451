package dev.cets.bench.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * One figure.
 *
 * @param system whose
 * @param metric of what
 * @param value the median of the rounds
 * @param unit of all values
 * @param low the least round
 * @param high the greatest round
 * @param rounds how many there were
 */
@JsonPropertyOrder({"system", "metric", "value", "unit", "low", "high", "rounds"})
public record Result(
    String system, String metric, double value, String unit, double low, double high, int rounds) {

  /** The figure of these rounds. */
  static Result of(String system, Metric metric, List<Double> rounds) {
    double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    return new Result(
        system,
        metric.id(),
        median,
        metric.unit(),
        sorted[0],
        sorted[sorted.length - 1],
        sorted.length);
  }
}
