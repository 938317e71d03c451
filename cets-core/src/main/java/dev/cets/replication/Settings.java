package dev.cets.replication;

import java.time.Duration;

/**
 * The limits and times of the protocol. Each has its unit in its name or is a duration.
 *
 * @param beat how often nodes tell each other that they live
 * @param silenceLimit how long a peer may be silent before it is held to be down
 * @param maxClockSkew how far two wall clocks may be apart
 * @param writeDeadline how long a write waits by default
 * @param compareInterval how often joined nodes compare
 * @param progressLimit how long a hello or a pull may stand still before the link begins anew
 * @param maxUnacknowledgedBytes per table
 * @param maxRecordBytes of one encoded record
 * @param maxWriteBytes of one write, all its records together
 * @param batchBytes how many bytes of writes are gathered into one frame
 * @param batchesInFlight unacknowledged batches per link; while they are out, writes gather
 * @param chunkBytes how many bytes of a transfer go into one frame
 * @param chunksInFlight chunks of one pull that may be on their way or waiting
 * @param maxTransfers pulls under way at once, over all tables and peers
 */
public record Settings(
    Duration beat,
    Duration silenceLimit,
    Duration maxClockSkew,
    Duration writeDeadline,
    Duration compareInterval,
    Duration progressLimit,
    int maxUnacknowledgedBytes,
    int maxRecordBytes,
    int maxWriteBytes,
    int batchBytes,
    int batchesInFlight,
    int chunkBytes,
    int chunksInFlight,
    int maxTransfers) {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** What suits most. */
  public static final Settings DEFAULTS =
      new Settings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          16 * MIB,
          MIB,
          8 * MIB,
          256 * KIB,
          2,
          64 * KIB,
          4,
          2);

  /** Checks that each is positive, and that they fit each other. */
  public Settings {
    positive("beat", beat);
    positive("silence limit", silenceLimit);
    positive("clock skew", maxClockSkew);
    positive("write deadline", writeDeadline);
    positive("compare interval", compareInterval);
    positive("progress limit", progressLimit);
    positive("unacknowledged bytes", maxUnacknowledgedBytes);
    positive("record bytes", maxRecordBytes);
    positive("write bytes", maxWriteBytes);
    positive("batch bytes", batchBytes);
    positive("batches in flight", batchesInFlight);
    positive("chunk bytes", chunkBytes);
    positive("chunks in flight", chunksInFlight);
    positive("transfers", maxTransfers);
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
  }

  private static void positive(String what, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException("the " + what + " is " + value + "; it must be positive");
    }
  }

  /** The same with another beat. */
  public Settings withBeat(Duration value) {
    return new Settings(
        value,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another silenceLimit. */
  public Settings withSilenceLimit(Duration value) {
    return new Settings(
        beat,
        value,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another maxClockSkew. */
  public Settings withMaxClockSkew(Duration value) {
    return new Settings(
        beat,
        silenceLimit,
        value,
        writeDeadline,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another writeDeadline. */
  public Settings withWriteDeadline(Duration value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        value,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another compareInterval. */
  public Settings withCompareInterval(Duration value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        value,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another progressLimit. */
  public Settings withProgressLimit(Duration value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        value,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another maxUnacknowledgedBytes. */
  public Settings withMaxUnacknowledgedBytes(int value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        progressLimit,
        value,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another maxRecordBytes. */
  public Settings withMaxRecordBytes(int value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        value,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another maxWriteBytes. */
  public Settings withMaxWriteBytes(int value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        value,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another batchBytes. */
  public Settings withBatchBytes(int value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        value,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another batchesInFlight. */
  public Settings withBatchesInFlight(int value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        value,
        chunkBytes,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another chunkBytes. */
  public Settings withChunkBytes(int value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        value,
        chunksInFlight,
        maxTransfers);
  }

  /** The same with another chunksInFlight. */
  public Settings withChunksInFlight(int value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        value,
        maxTransfers);
  }

  /** The same with another maxTransfers. */
  public Settings withMaxTransfers(int value) {
    return new Settings(
        beat,
        silenceLimit,
        maxClockSkew,
        writeDeadline,
        compareInterval,
        progressLimit,
        maxUnacknowledgedBytes,
        maxRecordBytes,
        maxWriteBytes,
        batchBytes,
        batchesInFlight,
        chunkBytes,
        chunksInFlight,
        value);
  }
}
