package dev.cets.testkit.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What many walks showed, in sum. Not safe for use by several threads. */
public final class CampaignReport {
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Map<String, Long> operations = new TreeMap<>();
  private final Map<String, Long> checks = new TreeMap<>();
  private final Map<Profile, Long> profiles = new EnumMap<>(Profile.class);
  private final List<SimulationResult> violations = new ArrayList<>();
  private Duration simulated = Duration.ZERO;
  private long seeds;
  private long events;

  CampaignReport() {}

  void add(SimulationResult result) {
    seeds++;
    events += result.events();
    simulated = simulated.plus(result.simulated());
    profiles.merge(result.walk().profile(), 1L, Long::sum);
    result.faults().forEach((fault, times) -> faults.merge(fault, (long) times, Long::sum));
    result.operations().forEach((name, times) -> operations.merge(name, (long) times, Long::sum));
    result.checks().forEach((name, times) -> checks.merge(name, times, Long::sum));
    if (result.violation() != null) {
      violations.add(result);
      violations.sort(Comparator.comparingLong(violation -> violation.walk().seed()));
    }
  }

  /** How many walks. */
  public long seeds() {
    return seeds;
  }

  /** How many events of nodes and network. */
  public long events() {
    return events;
  }

  /** The virtual time of all walks together. */
  public Duration simulated() {
    return simulated;
  }

  /** How many walks of each kind. */
  public Map<Profile, Long> profiles() {
    return profiles;
  }

  /** How often each was done. */
  public Map<Fault, Long> faults() {
    return faults;
  }

  /** How many callers asked for each. */
  public Map<String, Long> operations() {
    return operations;
  }

  /** How often each was looked at. */
  public Map<String, Long> checks() {
    return checks;
  }

  /** The walks that showed one, by seed. */
  public List<SimulationResult> violations() {
    return violations;
  }
}
