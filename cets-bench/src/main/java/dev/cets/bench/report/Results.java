package dev.cets.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers rounds while a run goes on; for one thread. */
public final class Results {
  private final Map<Cell, List<Double>> rounds = new LinkedHashMap<>();
  private final Map<Cell, Missing> missing = new LinkedHashMap<>();

  private record Cell(String system, Metric metric) {}

  /** One more round. */
  public void add(String system, Metric metric, double value) {
    rounds.computeIfAbsent(new Cell(system, metric), cell -> new ArrayList<>()).add(value);
  }

  /** The system has nothing like it. */
  public void notOffered(String system, Metric metric, String why) {
    missing.putIfAbsent(
        new Cell(system, metric), new Missing(system, metric.id(), why, /* failed= */ false));
  }

  /** It should be there. */
  public void failed(String system, Metric metric, String why) {
    missing.put(
        new Cell(system, metric), new Missing(system, metric.id(), why, /* failed= */ true));
  }

  /** What there is so far. */
  public Document document(Setting setting) {
    List<Result> results = new ArrayList<>();
    rounds.forEach((cell, values) -> results.add(Result.of(cell.system(), cell.metric(), values)));
    return new Document(results, List.copyOf(missing.values()), setting);
  }
}
