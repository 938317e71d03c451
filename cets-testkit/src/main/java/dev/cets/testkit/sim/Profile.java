package dev.cets.testkit.sim;

import dev.cets.replication.Settings;
import java.time.Duration;
import java.util.Random;

/** The kinds of walks: which faults, how long, and with which settings of the nodes. */
public enum Profile {
  /** Many writes and faults within seconds, with the smallest chunks. */
  SHORT(Duration.ofMillis(40), Duration.ofSeconds(2), Duration.ofHours(1)),
  /** Every fault that a good transport and a bad network leave possible, and full queues. */
  ROUGH(Duration.ofMillis(150), Duration.ofSeconds(2), Duration.ofHours(1)),
  /** As {@link #ROUGH}, and frames on open connections get lost or come twice. */
  LOSSY(Duration.ofMillis(150), Duration.ofSeconds(2), Duration.ofSeconds(5)),
  /** Races for keys that a leader serialises; in every fourth walk nothing else goes on. */
  RACES(Duration.ofMillis(40), Duration.ofSeconds(4), Duration.ofHours(1)),
  /** A node that is only cut off is started once more, so that two runs of it live at once. */
  TWINS(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofHours(1)),
  /** Ten minutes of five nodes with the usual settings. */
  LONG(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60)),
  /** A few nodes, one of them cut off for hours. */
  HOURS(Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofMinutes(10));

  private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final int MAX_PAUSED_WRITES = 5;
  private static final int RACES_STEPS = 250;
  private static final int TWINS_STEPS = 300;
  private static final int LONG_STEPS = 600;
  private static final int HOURS_STEPS = 400;

  private final Duration maxStep;
  private final Duration progressLimit;
  private final Duration compareInterval;

  Profile(Duration maxStep, Duration progressLimit, Duration compareInterval) {
    this.maxStep = maxStep;
    this.progressLimit = progressLimit;
    this.compareInterval = compareInterval;
  }

  /** Between two steps passes anything up to this. */
  Duration maxStep() {
    return maxStep;
  }

  /** A pause of callers' writes lasts anything up to this. */
  Duration longestPause() {
    return isLong() ? LONGEST_PAUSE : SHORT_PAUSE;
  }

  /** Does the walk take minutes or hours, with the settings that nodes usually have? */
  boolean isLong() {
    return this == LONG || this == HOURS;
  }

  /** Is there an end without restarts of those who are down, before the one with? */
  boolean endsTwice() {
    return this != SHORT && this != RACES && this != TWINS;
  }

  int nodes(long seed) {
    return switch (this) {
      case SHORT, RACES -> 3 + (int) Math.floorMod(seed, 3L);
      case TWINS -> 3 + (int) Math.floorMod(seed, 2L);
      case ROUGH, LOSSY -> 3 + (int) Math.floorMod(seed / 3, 7L);
      case LONG -> 5;
      case HOURS -> 3;
    };
  }

  int steps(long seed) {
    return switch (this) {
      case SHORT -> 300 + (int) Math.floorMod(seed, 7L) * 100;
      case ROUGH, LOSSY -> 200 + (int) Math.floorMod(seed, 5L) * 60;
      case RACES -> RACES_STEPS;
      case TWINS -> TWINS_STEPS;
      case LONG -> LONG_STEPS;
      case HOURS -> HOURS_STEPS;
    };
  }

  Duration maxLatency(long seed) {
    return Duration.ofMillis(Math.floorMod(seed, 3L) == 0 ? 500 : 50);
  }

  /** How long nothing happens in the end, so that what is to be mended by a comparison is. */
  Duration quiet() {
    return switch (this) {
      case SHORT, ROUGH, RACES, TWINS -> Duration.ofSeconds(10);
      case LOSSY, LONG, HOURS -> compareInterval.multipliedBy(3);
    };
  }

  /** Small chunks and short times, so that much happens in a short walk; or the usual times. */
  Settings settings(Random random) {
    if (this == RACES) {
      return Settings.DEFAULTS
          .withBeat(Duration.ofMillis(200))
          .withSilenceLimit(Duration.ofSeconds(2))
          .withCompareInterval(compareInterval)
          .withProgressLimit(progressLimit)
          .withBatchesInFlight(1);
    }
    Settings times =
        isLong()
            ? Settings.DEFAULTS.withCompareInterval(compareInterval)
            : Settings.DEFAULTS
                .withBeat(Duration.ofMillis(200))
                .withSilenceLimit(Duration.ofSeconds(1))
                .withCompareInterval(compareInterval)
                .withProgressLimit(progressLimit)
                .withWriteDeadline(Duration.ofSeconds(5));
    Settings sizes =
        times
            .withChunkBytes(1 + random.nextInt(200))
            .withChunksInFlight(1 + random.nextInt(3))
            .withBatchesInFlight(1 + random.nextInt(3))
            .withBatchBytes(1 + random.nextInt(500))
            .withMaxTransfers(1 + random.nextInt(3));
    sizes = sizes.withFirstDigestBits(1 + sizes.chunkBytes() % 8); // of 8, in one of eight walks
    return this == SHORT
        ? sizes
        : sizes
            .withMaxPausedWrites(1 + random.nextInt(MAX_PAUSED_WRITES))
            .withMaxUnacknowledgedBytes(1_000 + random.nextInt(20_000));
  }
}
