package dev.cets.testkit.sim;

import dev.cets.replication.Rule;
import dev.cets.replication.Rules;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Breaks one rule of the protocol at a time, and looks how many walks it takes to notice: what
 * shows that the checkers can fail, and that each rule is needed.
 */
public final class PlantedDefects {
  private static final long MOST_SEEDS = 2_000;
  private static final Duration MOST_TIME = Duration.ofSeconds(60);

  private PlantedDefects() {}

  /**
   * How a defect was found.
   *
   * @param name the rule that was broken
   * @param seedsNeeded how many seeds were walked with
   * @param found the walk that showed it, or null if it escaped
   */
  public record Finding(String name, long seedsNeeded, @Nullable SimulationResult found) {}

  /** The names of all defects. */
  public static List<String> names() {
    return Stream.of(Rule.values()).map(Rule::name).toList();
  }

  /** Plants the defect of this name, and walks until it is found; blocks. */
  public static Finding find(String name, int threads) {
    Rules rules = Rules.allBut(Rule.valueOf(name));
    CampaignReport report =
        new Campaign(PlantedDefects::walk, threads, rules).untilViolation(0, MOST_SEEDS, MOST_TIME);
    List<SimulationResult> found = report.violations();
    return new Finding(name, report.seeds(), found.isEmpty() ? null : found.getFirst());
  }

  /** Short walks find most of them soonest. */
  private static Walk walk(long seed) {
    Profile[] usual = {
      Profile.SHORT, Profile.SHORT, Profile.RACES, Profile.ROUGH, Profile.SHORT, Profile.LOSSY
    };
    int turn = (int) Math.floorMod(seed / 2, (long) usual.length);
    return new Walk(seed, usual[turn], seed % 2 == 1);
  }
}
