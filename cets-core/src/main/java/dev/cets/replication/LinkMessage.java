package dev.cets.replication;

import dev.cets.spi.Codec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the two sides of a table's link tell each other. */
sealed interface LinkMessage<K, R> {
  /** The sender's own writes, in order. */
  record Writes<K, R>(List<Write<K, R>> writes) implements LinkMessage<K, R> {}

  /**
   * All writes up to this stamp have been taken in.
   *
   * @param wrote the stamp of the last write that the sender itself had made by then
   */
  record Ack<K, R>(long stamp, long wrote) implements LinkMessage<K, R> {}

  /** My pull has ended: what you had is here. */
  record Joined<K, R>() implements LinkMessage<K, R> {}

  /** A node that both knew is down: compare. */
  record PullMe<K, R>() implements LinkMessage<K, R> {}

  /**
   * A part of a pull's request: the digests of a row of buckets.
   *
   * @param bits there are 2^bits buckets in all
   * @param seen in the first part: what the puller has taken in, so that those records need not
   *     travel
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Pull<K, R>(
      long id,
      int bits,
      int first,
      long[] digests,
      boolean last,
      Map<Incarnation, Intervals> seen,
      Map<String, Long> gone)
      implements LinkMessage<K, R> {}

  /** What the pulled side knew when the pull began. */
  record Base<K, R>(long id, Context<K> context) implements LinkMessage<K, R> {}

  /**
   * The live versions in some ranges of hashes, and what the pulled side knew when it read them.
   *
   * @param left about how many keys the chunks behind this one will tell of
   * @param encoded how many bytes it has, at the receiver only
   */
  record Chunk<K, R>(
      long id,
      List<HashRange> ranges,
      List<Copy<K, R>> copies,
      Context<K> context,
      Map<String, Long> gone,
      long left,
      int encoded)
      implements Held<K, R> {
    /** As it is sent. */
    Chunk(
        long id,
        List<HashRange> ranges,
        List<Copy<K, R>> copies,
        Context<K> context,
        Map<String, Long> gone,
        long left) {
      this(id, ranges, copies, context, gone, left, 0);
    }

    /** How many records it brings. */
    int records() {
      int records = 0;
      for (Copy<K, R> copy : copies) {
        for (CopiedVersion<R> version : copy.versions()) {
          records += version.record() == null ? 0 : 1;
        }
      }
      return records;
    }
  }

  /** A chunk was taken: there is room for another. */
  record ChunkTaken<K, R>(long id) implements LinkMessage<K, R> {}

  /** All chunks of the pull have been sent. */
  record End<K, R>(long id, long chunks, Map<String, Long> gone) implements Held<K, R> {}

  /** Which of these versions are live? */
  record Confirm<K, R>(long id, List<KeyVersion<K>> versions) implements LinkMessage<K, R> {}

  /** The live versions of keys that were asked about, maybe not of all. */
  record Confirmed<K, R>(
      long id, List<Copy<K, R>> copies, Context<K> context, Map<String, Long> gone)
      implements Held<K, R> {}

  /** What a caller of serial writes and the leader tell each other. */
  sealed interface Leading<K, R> extends LinkMessage<K, R> {
    /** The caller's number of the call. */
    long id();

    /**
     * May I write this key?
     *
     * @param ifAbsent only if there is no record of it
     * @param forNanos then the caller gives up
     */
    record Reserve<K, R>(long id, K key, boolean ifAbsent, long forNanos)
        implements Leading<K, R> {}

    /** You may, when you have taken in these versions, which stand here. */
    record Reserved<K, R>(long id, List<VersionId> held) implements Leading<K, R> {}

    /** You may not: this record stands here. */
    record Present<K, R>(long id, R record) implements Leading<K, R> {}

    /** Ask somebody else. */
    record NotLeading<K, R>(long id) implements Leading<K, R> {}

    /** I am done, or gave up; the stamp is that of my write, or 0. */
    record Release<K, R>(long id, K key, long stamp) implements Leading<K, R> {}
  }

  /** What is taken in its order, and may have to wait. */
  sealed interface Held<K, R> extends LinkMessage<K, R> {
    long id();

    Map<String, Long> gone();
  }

  /**
   * All live versions of one key, as the pulled side held them.
   *
   * @param encodedKey the key's bytes, at the sender only, where they are needed for their size too
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Copy<K, R>(
      K key, byte @Nullable [] encodedKey, long hash, List<CopiedVersion<R>> versions) {
    /** As it came. */
    Copy(K key, long hash, List<CopiedVersion<R>> versions) {
      this(key, null, hash, versions);
    }

    /** About how many bytes it takes on the wire. */
    long size() {
      long size = encodedKey == null ? 0 : encodedKey.length;
      for (CopiedVersion<R> version : versions) {
        size += version.size();
      }
      return size;
    }
  }

  /**
   * One of them.
   *
   * @param record null if the puller has taken in its write, so that it has the record, or needs
   *     none
   * @param encoded the record's bytes, at the sender only, where they are needed for their size too
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record CopiedVersion<R>(
      Incarnation origin, long stamp, @Nullable R record, byte @Nullable [] encoded) {
    private static final int VERSION_BYTES = 32;

    static <R> CopiedVersion<R> encoded(Version<R> version, Codec<R> records) {
      return new CopiedVersion<>(
          version.origin().incarnation(),
          version.stamp(),
          version.record(),
          records.encode(version.record()));
    }

    /** About how many bytes it takes on the wire. */
    int size() {
      return VERSION_BYTES + (encoded == null ? 0 : encoded.length);
    }
  }
}
