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

  /** Short walks find most of them soonest. */
  private static final List<Profile> USUAL =
      List.of(Profile.SHORT, Profile.SHORT, Profile.ROUGH, Profile.SHORT, Profile.LOSSY);

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

  /** Plants the defect of this name, and walks until it is found; blocks for a minute at most. */
  public static Finding find(String name, int threads) {
    return find(name, 0, threads, MOST_TIME);
  }

  /** As the other, with the seeds from this one on. */
  static Finding find(String name, long firstSeed, int threads, Duration mostTime) {
    Rule rule = Rule.valueOf(name);
    List<Profile> profiles = profiles(rule);
    CampaignReport report =
        new Campaign(seed -> walk(seed, rule, profiles), threads, Rules.allBut(rule))
            .untilViolation(firstSeed, MOST_SEEDS, mostTime);
    List<SimulationResult> found = report.violations();
    return new Finding(name, report.seeds(), found.isEmpty() ? null : found.getFirst());
  }

  private static List<Profile> profiles(Rule rule) {
    return switch (rule) {
      case ANSWER_AT_COMPLETION,
          LOOK_WHEN_PEERS_WRITES_HAVE_COME,
          WRITE_AFTER_WHAT_THE_LEADER_HOLDS,
          LEAD_WHEN_ASKED ->
          List.of(Profile.RACES);
      case COUNT_CHUNKS, MEND_HOLES, MISS_NOTHING_WHILE_JOINING, TELL_JOINED_IN_BEATS ->
          List.of(Profile.LOSSY);
      case REFUSE_WHO_IS_GONE -> List.of(Profile.TWINS);
      case WAIT_WHILE_PAUSED, AWAIT_THE_OWNER -> List.of(Profile.ROUGH);
      default -> USUAL;
    };
  }

  private static Walk walk(long seed, Rule rule, List<Profile> profiles) {
    long chosen = rule == Rule.CUT_WITHIN_A_HASH ? Walk.collidingSeed(seed) : seed;
    int turn = (int) Math.floorMod(seed / 2, (long) profiles.size());
    TableType type = rule == Rule.LEAVE_OTHERS_THEIR_RECORDS ? TableType.BAG : TableType.SET;
    return new Walk(chosen, profiles.get(turn), type, seed % 2 == 1);
  }
}
