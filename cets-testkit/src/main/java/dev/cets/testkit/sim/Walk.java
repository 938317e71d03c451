package dev.cets.testkit.sim;

import dev.cets.replication.TableOptions;
import dev.cets.spi.NodeAddress;
import java.time.Duration;
import java.util.List;

/**
 * Which walk: the same one goes the same way, to the last message.
 *
 * @param seed all of its chance
 * @param profile what kind of walk
 * @param type of the table
 * @param keep whether the table keeps the records of nodes that are gone
 * @param nodes how many, 2 to 9
 */
public record Walk(long seed, Profile profile, TableType type, boolean keep, int nodes) {
  /** After so many seeds the kinds of walks come again. */
  private static final long TURN = 40;

  private static final long LONG_WALKS_EVERY = 10;

  /** Not a divisor of the turn, so that tables of both kinds have such walks. */
  private static final long CALM_EVERY = 3;

  private static final long RESOLVES_EVERY = 3;

  private static final long MIXED_EVERY = 3;

  /** Neither a divisor of the others nor a multiple, so that all kinds of walks have such keys. */
  private static final long COLLIDES_EVERY = 11;

  private static final long COLLIDES_AT = 7;

  private static final long RETENTION_EVERY = 5;
  private static final Duration RETENTION_STEP = Duration.ofMillis(300);

  /** As many as are no divisor of a turn either, so that all kinds of walks have tables of all. */
  private static final List<TableType> TYPES =
      List.of(
          TableType.SET,
          TableType.BAG,
          TableType.ORDERED_SET,
          TableType.SET,
          TableType.BAG,
          TableType.ORDERED_SET,
          TableType.SET);

  /** A walk of this kind on a set, with as many nodes as the seed says. */
  public Walk(long seed, Profile profile, boolean keep) {
    this(seed, profile, TableType.SET, keep);
  }

  /** A walk of this kind, with as many nodes as the seed says. */
  public Walk(long seed, Profile profile, TableType type, boolean keep) {
    this(seed, profile, type, keep, profile.nodes(seed));
  }

  /** One of the seeds whose walks have keys of one hash: the first, the second and so on. */
  static long collidingSeed(long number) {
    return number * COLLIDES_EVERY + COLLIDES_AT;
  }

  /** What the seed alone says: one seed after the other takes every kind of walk in turn. */
  public static Walk of(long seed) {
    boolean keep = Math.floorMod(Math.floorDiv(seed, TURN), 2L) == 1;
    return new Walk(seed, profile(Math.floorMod(seed, TURN)), type(seed), keep);
  }

  private static Profile profile(long turn) {
    if (turn == 0) {
      return Profile.HOURS;
    }
    if (turn % LONG_WALKS_EVERY == 0) {
      return Profile.LONG;
    }
    if (turn % LONG_WALKS_EVERY == LONG_WALKS_EVERY / 2) {
      return Profile.TWINS;
    }
    Profile[] usual = {Profile.SHORT, Profile.ROUGH, Profile.LOSSY, Profile.RACES};
    return usual[(int) (turn % usual.length)];
  }

  /** Is there a second node of the first one's name? */
  boolean hasTwin() {
    return profile == Profile.TWINS;
  }

  /** What the seed says where somebody else says which kind of walk. */
  static TableType type(long seed) {
    return TYPES.get((int) Math.floorMod(Math.floorDiv(seed, 4L), (long) TYPES.size()));
  }

  /** Does nothing go wrong in it? */
  boolean isCalm() {
    return profile == Profile.RACES && Math.floorMod(seed, CALM_EVERY) == 0;
  }

  /** Does the table have a resolver? */
  boolean resolves() {
    return profile != Profile.RACES
        && type != TableType.BAG
        && Math.floorMod(seed, RESOLVES_EVERY) == 1;
  }

  /** Have many of the keys one hash? */
  boolean collides() {
    return Math.floorMod(seed, COLLIDES_EVERY) == COLLIDES_AT;
  }

  /** In a third of all walks every other node speaks as the next version will. */
  boolean isOfLaterVersion(NodeAddress node) {
    return Math.floorMod(seed, MIXED_EVERY) == 2 && node.port() % 2 == 1;
  }

  /**
   * How long a node of this number holds the records of others whole when they are away: in two of
   * five walks so short that it matters, and on each node another time.
   */
  Duration retention(int node) {
    return switch (profile) {
      case HOURS -> TableOptions.DEFAULTS.retention();
      case LONG -> Duration.ofSeconds(10L + 10L * node);
      default ->
          Math.floorMod(seed, RETENTION_EVERY) < 2
              ? RETENTION_STEP.multipliedBy(Math.floorMod(seed / RETENTION_EVERY + node, 5L))
              : TableOptions.DEFAULTS.retention();
    };
  }

  /** The same with another number of nodes. */
  public Walk withNodes(int count) {
    return new Walk(seed, profile, type, keep, count);
  }

  @Override
  public String toString() {
    return "seed " + seed + ", " + profile + ", " + type + ", keep " + keep + ", " + nodes
        + " nodes";
  }
}
