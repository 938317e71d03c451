package dev.cets.replication;

import dev.cets.spi.Codec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the two sides of a table's link tell each other. */
sealed interface LinkMessage<K, R> {
  /**
   * The sender's own writes, in order.
   *
   * @param number 1 for the first batch on the link, then one more for each, so that a lost one is
   *     noticed when the next comes, the first as well
   */
  record Writes<K, R>(long number, List<Write<K, R>> writes) implements LinkMessage<K, R> {}

  /**
   * All writes up to this stamp have been taken in.
   *
   * @param wrote the stamp of the last write that the sender itself had made by then
   */
  record Ack<K, R>(long stamp, long wrote) implements LinkMessage<K, R> {}

  /** My pull has ended: what you had is here. Wait for my acknowledgements from now on. */
  record Pulled<K, R>() implements LinkMessage<K, R> {}

  /** All that I write after this stamp waits for you. What I had written by then is on its way. */
  record Awaited<K, R>(long stamp) implements LinkMessage<K, R> {}

  /** All that was complete at yours is here, and what will be. */
  record Joined<K, R>() implements LinkMessage<K, R> {}

  /** A node that both knew is down: compare. */
  record PullMe<K, R>() implements LinkMessage<K, R> {}

  /**
   * A part of a pull's request: the digests of a row of buckets. The first part is about all
   * hashes; if buckets are smaller than that, the others are about what differs in it.
   *
   * @param number of this part; the first is 0
   * @param bits there are 2^bits buckets in all
   * @param seen in the first part: what the puller has taken in, so that those records need not
   *     travel
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Pull<K, R>(
      long id,
      long number,
      int bits,
      int first,
      long[] digests,
      boolean last,
      Map<Incarnation, Intervals> seen,
      Map<String, Long> gone)
      implements LinkMessage<K, R> {}

  /** These hashes differ, by the first part: send digests of smaller buckets. */
  record Differing<K, R>(long id, List<HashRange> ranges) implements LinkMessage<K, R> {}

  /** What the pulled side knew when the pull began. */
  record Base<K, R>(long id, Context<K> context) implements LinkMessage<K, R> {}

  /**
   * The live versions in a part of the table, and what the pulled side knew when it read them. What
   * it knew and does not show is not there; of keys in no part nothing is said.
   *
   * @param number the first chunk of a pull is 1: so it is noticed if one is lost or comes twice
   * @param part that of which all is told
   * @param rests further ones, of which only those keys are told that have a version that the
   *     puller has not taken in
   * @param left about how many keys the chunks behind this one will tell of
   * @param encoded how many bytes it has, at the receiver only
   */
  record Chunk<K, R>(
      long id,
      long number,
      TablePart part,
      List<Rest> rests,
      List<Copy<K, R>> copies,
      Context<K> context,
      Map<String, Long> gone,
      long left,
      int encoded)
      implements Held<K, R> {
    /** As it is sent. */
    Chunk(
        long id,
        long number,
        TablePart part,
        List<Rest> rests,
        List<Copy<K, R>> copies,
        Context<K> context,
        Map<String, Long> gone,
        long left) {
      this(id, number, part, rests, copies, context, gone, left, 0);
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

  /**
   * A chunk was taken: there is room for another.
   *
   * @param number of that chunk
   * @param unclear ranges whose {@link Rest} was something else than what is here: tell all of them
   */
  record ChunkTaken<K, R>(long id, long number, List<HashRange> unclear)
      implements LinkMessage<K, R> {}

  /**
   * All chunks of the pull have been sent.
   *
   * @param calm what of the pulled side's calm it was from the beginning on (see {@link
   *     Comparing#calm}); 0 if there was none, or something happened meanwhile
   */
  record End<K, R>(long id, long chunks, long calm, Map<String, Long> gone) implements Held<K, R> {}

  /** Which of these versions are live? */
  record Confirm<K, R>(long id, List<KeyVersion<K>> versions) implements LinkMessage<K, R> {}

  /** The live versions of keys that were asked about, maybe not of all. */
  record Confirmed<K, R>(
      long id, List<Copy<K, R>> copies, Context<K> context, Map<String, Long> gone)
      implements Held<K, R> {}

  /** What are the records of these versions? Their owner is asked, who has them. */
  record Fetch<K, R>(long id, List<KeyVersion<K>> versions) implements LinkMessage<K, R> {}

  /** The live versions of keys that were asked about, records included, maybe not of all. */
  record Fetched<K, R>(long id, List<Copy<K, R>> copies, Context<K> context, Map<String, Long> gone)
      implements Held<K, R> {}

  /** What a caller of serial writes and the leader tell each other. */
  sealed interface Leading<K, R> extends LinkMessage<K, R> {
    /** The caller's number of the call. */
    long id();

    /**
     * May I write a key of this group?
     *
     * @param ifAbsent only if there is no record of the group
     * @param forNanos then the caller gives up
     */
    record Reserve<K, R>(long id, K group, boolean ifAbsent, long forNanos)
        implements Leading<K, R> {}

    /** You may, when you have taken in these versions, which stand here. */
    record Reserved<K, R>(long id, List<VersionId> held) implements Leading<K, R> {}

    /**
     * You may not: this record stands here.
     *
     * @param record null if there may be many: ask for a dump of the group
     */
    record Present<K, R>(long id, @Nullable R record) implements Leading<K, R> {}

    /** Ask somebody else. */
    record NotLeading<K, R>(long id) implements Leading<K, R> {}

    /** I am done, or gave up; the stamp is that of my write, or 0. */
    record Release<K, R>(long id, K group, long stamp) implements Leading<K, R> {}
  }

  /**
   * Hold back the writes of your callers for these pauses of mine, and for no others of mine.
   *
   * @param revision grows with each change of them
   */
  record Paused<K, R>(long revision, List<Hold> holds) implements LinkMessage<K, R> {
    /**
     * One pause.
     *
     * @param holder for a person
     * @param forNanos then it is over
     */
    record Hold(long id, String holder, long forNanos) {}
  }

  /**
   * I do so.
   *
   * @param wrote the stamp of the last write that the sender itself had made by then
   */
  record PausedTaken<K, R>(long revision, long wrote) implements LinkMessage<K, R> {}

  /** What is said about a dump: a node asks a peer for what the peer's readers see. */
  sealed interface Dumping<K, R> extends LinkMessage<K, R> {
    /** The asking side's number of the dump. */
    long id();

    /**
     * Show me your records.
     *
     * @param group only those of this group of keys; null: all
     * @param forNanos then I give up
     */
    record Ask<K, R>(long id, @Nullable K group, long forNanos) implements Dumping<K, R> {}

    /**
     * Some of them.
     *
     * @param number of this part; the first is 1
     */
    record Part<K, R>(long id, long number, List<Row<K, R>> rows) implements Dumping<K, R> {}

    /** A part has come: there is room for another. */
    record Taken<K, R>(long id) implements Dumping<K, R> {}

    /** All parts have been sent: so many. */
    record Done<K, R>(long id, long parts) implements Dumping<K, R> {}

    /** There is no dump. */
    record Refused<K, R>(long id, String reason) implements Dumping<K, R> {}

    /**
     * A key and the record that readers see of it.
     *
     * @param encodedKey the bytes, at the sender only, where they are needed for their size too
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Row<K, R>(
        K key, byte @Nullable [] encodedKey, R record, byte @Nullable [] encodedRecord) {
      /** As it came. */
      Row(K key, R record) {
        this(key, null, record, null);
      }

      static <K, R> Row<K, R> encoded(K key, R record, TableDefinition<K, R> definition) {
        return new Row<>(
            key,
            definition.keyCodec().encode(key),
            record,
            definition.recordCodec().encode(record));
      }

      /** About how many bytes it takes on the wire. */
      int size() {
        return 2 * Integer.BYTES
            + (encodedKey == null ? 0 : encodedKey.length)
            + (encodedRecord == null ? 0 : encodedRecord.length);
      }
    }
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
   *     none; or because the version is bare
   * @param encoded the record's bytes, at the sender only, where they are needed for their size too
   * @param bare whether the sender has let go of the record
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record CopiedVersion<R>(
      Incarnation origin, long stamp, @Nullable R record, byte @Nullable [] encoded, boolean bare) {
    private static final int VERSION_BYTES = 32;

    CopiedVersion(Incarnation origin, long stamp, @Nullable R record, byte @Nullable [] encoded) {
      this(origin, stamp, record, encoded, false);
    }

    /** As much as there is of it. */
    static <R> CopiedVersion<R> whole(Version<R> version, Codec<R> records) {
      R record = version.record();
      return new CopiedVersion<>(
          version.origin().incarnation(),
          version.stamp(),
          record,
          record == null ? null : records.encode(record),
          record == null);
    }

    /** Its name alone, for who has the record. */
    static <R> CopiedVersion<R> named(Version<R> version) {
      return new CopiedVersion<>(version.origin().incarnation(), version.stamp(), null, null);
    }

    /** About how many bytes it takes on the wire. */
    int size() {
      return VERSION_BYTES + (encoded == null ? 0 : encoded.length);
    }
  }
}
