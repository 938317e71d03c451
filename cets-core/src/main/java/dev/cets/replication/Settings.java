package dev.cets.replication;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The limits and times of the protocol. Each has its unit in its name or is a duration. Never
 * changes: {@code with...} gives another one.
 */
public final class Settings {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** They go in one message. */
  private static final int MAX_FIRST_DIGEST_BITS = 12;

  /** What suits most. */
  public static final Settings DEFAULTS = new Settings();

  private Duration beat = Duration.ofSeconds(1);
  private Duration silenceLimit = Duration.ofSeconds(8);
  private Duration maxClockSkew = Duration.ofSeconds(60);
  private Duration writeDeadline = Duration.ofSeconds(10);
  private Duration compareInterval = Duration.ofSeconds(60);
  private Duration progressLimit = Duration.ofSeconds(10);
  private Duration handlerLimit = Duration.ofSeconds(30);
  private int maxUnacknowledgedBytes = 4 * MIB;
  private int maxRecordBytes = MIB;
  private int maxWriteBytes = 8 * MIB;
  private int maxPausedWrites = 10_000;
  private int maxPausedBytes = 16 * MIB;
  private int maxPauses = 100;
  private int batchBytes = 256 * KIB;
  private int batchesInFlight = 2;
  private int firstDigestBits = 10;
  private int chunkBytes = 64 * KIB;
  private int chunksInFlight = 4;
  private int maxTransfers = 1;
  private int maxDumps = 8;

  private Settings() {}

  private Settings(Settings other) {
    beat = other.beat;
    silenceLimit = other.silenceLimit;
    maxClockSkew = other.maxClockSkew;
    writeDeadline = other.writeDeadline;
    compareInterval = other.compareInterval;
    progressLimit = other.progressLimit;
    handlerLimit = other.handlerLimit;
    maxUnacknowledgedBytes = other.maxUnacknowledgedBytes;
    maxRecordBytes = other.maxRecordBytes;
    maxWriteBytes = other.maxWriteBytes;
    maxPausedWrites = other.maxPausedWrites;
    maxPausedBytes = other.maxPausedBytes;
    maxPauses = other.maxPauses;
    batchBytes = other.batchBytes;
    batchesInFlight = other.batchesInFlight;
    firstDigestBits = other.firstDigestBits;
    chunkBytes = other.chunkBytes;
    chunksInFlight = other.chunksInFlight;
    maxTransfers = other.maxTransfers;
    maxDumps = other.maxDumps;
  }

  /** A copy that differs; checked. */
  private Settings but(Consumer<Settings> change) {
    Settings copy = new Settings(this);
    change.accept(copy);
    copy.check();
    return copy;
  }

  private void check() {
    positive("beat", beat);
    positive("silence limit", silenceLimit);
    positive("clock skew", maxClockSkew);
    positive("write deadline", writeDeadline);
    positive("compare interval", compareInterval);
    positive("progress limit", progressLimit);
    positive("handler limit", handlerLimit);
    positive("unacknowledged bytes", maxUnacknowledgedBytes);
    positive("record bytes", maxRecordBytes);
    positive("write bytes", maxWriteBytes);
    positive("paused writes", maxPausedWrites);
    positive("paused bytes", maxPausedBytes);
    positive("pauses", maxPauses);
    positive("batch bytes", batchBytes);
    positive("batches in flight", batchesInFlight);
    positive("bits of the first digests", firstDigestBits);
    if (firstDigestBits > MAX_FIRST_DIGEST_BITS) {
      throw new IllegalArgumentException(
          "the bits of the first digests are "
              + firstDigestBits
              + "; at most "
              + MAX_FIRST_DIGEST_BITS);
    }
    positive("chunk bytes", chunkBytes);
    positive("chunks in flight", chunksInFlight);
    positive("transfers", maxTransfers);
    positive("dumps", maxDumps);
  }

  /**
   * Checks those that must go together; a copy that differs in one of them may wait for another.
   *
   * @throws IllegalArgumentException with one sentence
   */
  public void checkTogether() {
    if (silenceLimit.compareTo(beat.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "the silence limit is " + silenceLimit + "; at least twice the beat of " + beat);
    }
    if (maxRecordBytes > maxWriteBytes) {
      throw new IllegalArgumentException(
          "a record may have " + maxRecordBytes + " bytes; at most " + maxWriteBytes);
    }
  }

  private static void positive(String what, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException("the " + what + " is " + value + "; it must be positive");
    }
    if (value.compareTo(Durations.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + "; at most 365 days are allowed");
    }
  }

  private static void positive(String what, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException("the " + what + " is " + value + "; it must be positive");
    }
  }

  /** How often nodes tell each other that they live. */
  public Duration beat() {
    return beat;
  }

  /** The same with another {@link #beat}. */
  public Settings withBeat(Duration value) {
    return but(copy -> copy.beat = value);
  }

  /** How long a peer may be silent before it is held to be down. */
  public Duration silenceLimit() {
    return silenceLimit;
  }

  /** The same with another {@link #silenceLimit}. */
  public Settings withSilenceLimit(Duration value) {
    return but(copy -> copy.silenceLimit = value);
  }

  /** How far two wall clocks may be apart. */
  public Duration maxClockSkew() {
    return maxClockSkew;
  }

  /** The same with another {@link #maxClockSkew}. */
  public Settings withMaxClockSkew(Duration value) {
    return but(copy -> copy.maxClockSkew = value);
  }

  /** How long a write waits by default. */
  public Duration writeDeadline() {
    return writeDeadline;
  }

  /** The same with another {@link #writeDeadline}. */
  public Settings withWriteDeadline(Duration value) {
    return but(copy -> copy.writeDeadline = value);
  }

  /** How often joined nodes compare. */
  public Duration compareInterval() {
    return compareInterval;
  }

  /** The same with another {@link #compareInterval}. */
  public Settings withCompareInterval(Duration value) {
    return but(copy -> copy.compareInterval = value);
  }

  /** How long a hello or a pull may stand still before the link begins anew. */
  public Duration progressLimit() {
    return progressLimit;
  }

  /** The same with another {@link #progressLimit}. */
  public Settings withProgressLimit(Duration value) {
    return but(copy -> copy.progressLimit = value);
  }

  /** How long a node that is back waits for the handlers that were told of its loss. */
  public Duration handlerLimit() {
    return handlerLimit;
  }

  /** The same with another {@link #handlerLimit}. */
  public Settings withHandlerLimit(Duration value) {
    return but(copy -> copy.handlerLimit = value);
  }

  /** Of the writes of a table that wait for acknowledgement. */
  public int maxUnacknowledgedBytes() {
    return maxUnacknowledgedBytes;
  }

  /** The same with another {@link #maxUnacknowledgedBytes}. */
  public Settings withMaxUnacknowledgedBytes(int value) {
    return but(copy -> copy.maxUnacknowledgedBytes = value);
  }

  /** Of one encoded record. */
  public int maxRecordBytes() {
    return maxRecordBytes;
  }

  /** The same with another {@link #maxRecordBytes}. */
  public Settings withMaxRecordBytes(int value) {
    return but(copy -> copy.maxRecordBytes = value);
  }

  /** Of one write, all its records together. */
  public int maxWriteBytes() {
    return maxWriteBytes;
  }

  /** The same with another {@link #maxWriteBytes}. */
  public Settings withMaxWriteBytes(int value) {
    return but(copy -> copy.maxWriteBytes = value);
  }

  /** Of the writes that wait while a table is paused. */
  public int maxPausedWrites() {
    return maxPausedWrites;
  }

  /** The same with another {@link #maxPausedWrites}. */
  public Settings withMaxPausedWrites(int value) {
    return but(copy -> copy.maxPausedWrites = value);
  }

  /** Of the keys and records in them. */
  public int maxPausedBytes() {
    return maxPausedBytes;
  }

  /** The same with another {@link #maxPausedBytes}. */
  public Settings withMaxPausedBytes(int value) {
    return but(copy -> copy.maxPausedBytes = value);
  }

  /** Pauses of one table that callers of this node hold at once, wherever they hold. */
  public int maxPauses() {
    return maxPauses;
  }

  /** The same with another {@link #maxPauses}. */
  public Settings withMaxPauses(int value) {
    return but(copy -> copy.maxPauses = value);
  }

  /** How many bytes of writes are gathered into one frame. */
  public int batchBytes() {
    return batchBytes;
  }

  /** The same with another {@link #batchBytes}. */
  public Settings withBatchBytes(int value) {
    return but(copy -> copy.batchBytes = value);
  }

  /** Unacknowledged batches per link; while they are out, writes gather. */
  public int batchesInFlight() {
    return batchesInFlight;
  }

  /** The same with another {@link #batchesInFlight}. */
  public Settings withBatchesInFlight(int value) {
    return but(copy -> copy.batchesInFlight = value);
  }

  /** A pull begins with the digests of 2^so many buckets; smaller ones are sent of what differs. */
  public int firstDigestBits() {
    return firstDigestBits;
  }

  /** The same with another {@link #firstDigestBits}; 12 at most. */
  public Settings withFirstDigestBits(int value) {
    return but(copy -> copy.firstDigestBits = value);
  }

  /** How many bytes of a transfer go into one frame. */
  public int chunkBytes() {
    return chunkBytes;
  }

  /** The same with another {@link #chunkBytes}. */
  public Settings withChunkBytes(int value) {
    return but(copy -> copy.chunkBytes = value);
  }

  /** Chunks of one pull that may be on their way or waiting. */
  public int chunksInFlight() {
    return chunksInFlight;
  }

  /** The same with another {@link #chunksInFlight}. */
  public Settings withChunksInFlight(int value) {
    return but(copy -> copy.chunksInFlight = value);
  }

  /** Pulls under way at once, over all tables and peers. */
  public int maxTransfers() {
    return maxTransfers;
  }

  /** The same with another {@link #maxTransfers}. */
  public Settings withMaxTransfers(int value) {
    return but(copy -> copy.maxTransfers = value);
  }

  /** Dumps of one table that are shown to peers at once; another one is refused. */
  public int maxDumps() {
    return maxDumps;
  }

  /** The same with another {@link #maxDumps}. */
  public Settings withMaxDumps(int value) {
    return but(copy -> copy.maxDumps = value);
  }
}
