package dev.cets.replication;

import dev.cets.replication.LinkMessage.Base;
import dev.cets.replication.LinkMessage.Chunk;
import dev.cets.replication.LinkMessage.ChunkTaken;
import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.replication.LinkMessage.Differing;
import dev.cets.replication.LinkMessage.End;
import dev.cets.replication.LinkMessage.Pull;
import dev.cets.spi.Codec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the other side's pull: finds the buckets that differ and sends what they hold, chunk by
 * chunk, each read in one step, a few on their way at once. So many bytes at most are made for a
 * transfer at any time, and so many keys looked at on either side in one step, however large the
 * tables are.
 *
 * <p>Of keys whose versions the puller has all taken in, a chunk tells a digest ({@link Rest}). If
 * the puller holds something else, such as what was removed here, it says so when it has taken the
 * chunk, and the keys of that range are told one by one. So are keys of which several have one
 * hash: a chunk may be cut among them, see {@link TablePart}.
 */
final class Serving<K, R> {
  /** A key that is only looked at counts as so many bytes: that takes time as well. */
  private static final int LOOK_BYTES = 4;

  /** About so many of the puller are looked at there, for each of its buckets. */
  private static final int KEYS_OF_A_BUCKET = 16;

  private final long id;
  private final Codec<K> keys;
  private final Codec<R> records;
  private final Intake<K, R> intake;
  private final Settings settings;
  private final Supplier<Map<String, Long>> gone;
  private final Map<Incarnation, Intervals> pullerHasSeen;
  private final LongSupplier calm;
  private final Rules rules;
  private final Deque<HashRange> ranges = new ArrayDeque<>();

  /** Of which all is to be told. */
  private final Deque<HashRange> unclear = new ArrayDeque<>();

  /**
   * The last chunk was cut behind this key, and the first unclear range begins with its hash; or
   * null.
   */
  private byte @Nullable [] cut;

  private int pullerBits;
  private double left;
  private long calmAtBegin;
  private long nextPart;
  private boolean asked;
  private boolean ended;
  private long chunks;
  private long lastWithRests;
  private long taken;

  Serving(
      Pull<K, R> first,
      Codec<K> keys,
      Codec<R> records,
      Intake<K, R> intake,
      Settings settings,
      Supplier<Map<String, Long>> gone,
      LongSupplier calm,
      Rules rules) {
    this.id = first.id();
    this.pullerHasSeen = first.seen();
    this.keys = keys;
    this.records = records;
    this.intake = intake;
    this.settings = settings;
    this.gone = gone;
    this.calm = calm;
    this.rules = rules;
  }

  long id() {
    return id;
  }

  /** The number of the part of the request that comes next. */
  long nextPart() {
    return nextPart;
  }

  void begin(Link<K, R> link) {
    Context<K> base = intake.context();
    calmAtBegin = calm.getAsLong();
    if (rules.keep(Rule.BASE_AT_START)) {
      link.send(new Base<>(id, base));
    }
  }

  /**
   * Notes which buckets of this part differ. The coarser of the two partitions counts. If it was
   * the first of several, the puller is told; equal tables need no more than that.
   */
  void asked(Link<K, R> link, Pull<K, R> part) {
    VersionStore<K, R> store = intake.store();
    int fold = Math.max(0, part.bits() - store.bits());
    int bits = part.bits() - fold;
    int first = part.first() >> fold;
    long[] theirs = folded(part.digests(), fold);
    long[] mine = store.digests(bits, first, theirs.length / 2);
    for (int i = 0; i < theirs.length / 2; i++) {
      if (mine[2 * i] != theirs[2 * i] || mine[2 * i + 1] != theirs[2 * i + 1]) {
        add(HashRange.ofBucket(bits, first + i));
      }
    }
    pullerBits = Math.max(pullerBits, part.bits());
    nextPart++;
    asked = part.last() || (ranges.isEmpty() && part.number() == 0);
    if (!asked && part.number() == 0) {
      link.send(new Differing<>(id, List.copyOf(ranges)));
      ranges.clear();
      left = 0;
    }
  }

  /**
   * The puller has taken a chunk.
   *
   * @return false if that was not said of the one before, or there is no such chunk
   */
  boolean taken(ChunkTaken<K, R> chunk) {
    boolean follows = chunk.number() == taken + 1 && taken < chunks;
    if (follows || !rules.keep(Rule.COUNT_CHUNKS)) {
      taken = Math.min(chunk.number(), chunks);
      unclear.addAll(chunk.unclear());
    }
    return chunk.number() <= taken;
  }

  /** Sends what may be sent now. */
  void pump(Link<K, R> link) {
    while (asked
        && !ended
        && chunks - taken < settings.chunksInFlight()
        && link.peer().connection().writable()) {
      if (ranges.isEmpty() && unclear.isEmpty()) {
        if (taken < lastWithRests && rules.keep(Rule.COUNT_CHUNKS)) {
          return; // something in them may be unclear
        }
        if (!rules.keep(Rule.BASE_AT_START)) {
          link.send(new Base<>(id, intake.context()));
        }
        long calmNow = calm.getAsLong();
        link.send(new End<>(id, chunks, calmNow == calmAtBegin ? calmNow : 0, gone.get()));
        ended = true;
      } else {
        link.send(nextChunk());
      }
    }
  }

  private Chunk<K, R> nextChunk() {
    byte[] after = cut;
    Draft<K, R> draft = new Draft<>(settings.chunkBytes());
    while (draft.hasRoom() && !(ranges.isEmpty() && unclear.isEmpty())) {
      boolean all = !unclear.isEmpty();
      Deque<HashRange> from = all ? unclear : ranges;
      if (!draft.ascendsTo(from.getFirst())) {
        break; // it was unclear in a chunk before
      }
      HashRange range = from.removeFirst();
      long to = read(range, all, draft);
      left -= all ? 0 : new HashRange(range.from(), to).share();
      if (cut != null) {
        from.addFirst(new HashRange(to, range.to()));
      } else if (to != range.to()) {
        from.addFirst(new HashRange(to + 1, range.to()));
      }
    }
    chunks++;
    if (!draft.rests.isEmpty()) {
      lastWithRests = chunks;
    }
    return new Chunk<>(
        id,
        chunks,
        new TablePart(draft.ranges, after, cut),
        draft.rests,
        draft.copies,
        intake.context(),
        gone.get(),
        keysLeft());
  }

  /** About as many as their part of all hashes. */
  private long keysLeft() {
    return ranges.isEmpty() ? 0 : Math.round(Math.max(0, left) * intake.store().keys());
  }

  /**
   * Reads the keys of a range, by buckets of who has the smaller ones; says up to which hash, for
   * want of room.
   */
  private long read(HashRange range, boolean all, Draft<K, R> draft) {
    byte[] after = cut;
    cut = null;
    int bits = Math.max(intake.store().bits(), pullerBits);
    long from = range.from();
    while (true) {
      HashRange bucket = HashRange.holding(bits, from);
      long end = Long.compareUnsigned(bucket.to(), range.to()) < 0 ? bucket.to() : range.to();
      HashRange piece = new HashRange(from, end);
      long to = all ? readAll(piece, after, draft) : readNews(piece, draft);
      draft.spend((LOOK_BYTES * KEYS_OF_A_BUCKET) >> (bits - pullerBits));
      if (cut != null || to == range.to() || to != end || !draft.hasRoom()) {
        return to;
      }
      after = null;
      from = to + 1;
    }
  }

  private List<LiveVersions<K, R>> byHash(HashRange piece) {
    List<LiveVersions<K, R>> found = new ArrayList<>();
    intake.store().forEachIn(piece.from(), piece.to(), found::add);
    found.sort((a, b) -> Long.compareUnsigned(a.hash(), b.hash()));
    return found;
  }

  private static int endOfHash(List<? extends LiveVersions<?, ?>> found, int from) {
    int end = from + 1;
    while (end < found.size() && found.get(end).hash() == found.get(from).hash()) {
      end++;
    }
    return end;
  }

  /**
   * Tells of all keys of a bucket, or of a part of one.
   *
   * @param after of those with the very first hash only those behind this one
   */
  private long readAll(HashRange piece, byte @Nullable [] after, Draft<K, R> draft) {
    List<LiveVersions<K, R>> found = byHash(piece);
    long to = piece.to();
    for (int i = 0; i < found.size() && cut == null; ) {
      int end = endOfHash(found, i);
      LiveVersions<K, R> live = found.get(i);
      byte[] behind = live.hash() == piece.from() ? after : null;
      if (behind == null && end == i + 1) {
        draft.add(copy(keys.encode(live.key()), live));
      } else {
        readOneHash(found.subList(i, end), behind, draft);
      }
      if (cut != null || (!draft.hasRoom() && end < found.size())) {
        to = live.hash();
        break;
      }
      i = end;
    }
    draft.add(new HashRange(piece.from(), to));
    return to;
  }

  /** Tells of keys of one hash, those behind a key, in the order of a {@link TablePart}. */
  private void readOneHash(
      List<LiveVersions<K, R>> found, byte @Nullable [] after, Draft<K, R> draft) {
    List<Encoded<K, R>> keysInOrder = new ArrayList<>(found.size());
    for (LiveVersions<K, R> live : found) {
      byte[] key = keys.encode(live.key());
      if (after == null || Arrays.compareUnsigned(key, after) > 0) {
        keysInOrder.add(new Encoded<>(key, live));
      }
    }
    keysInOrder.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
    byte[] last = null;
    for (Encoded<K, R> next : keysInOrder) {
      if (last != null && !draft.hasRoom()) {
        cut = last;
        return;
      }
      draft.add(copy(next.key(), next.live()));
      last = next.key();
    }
  }

  /** Tells of those keys of a bucket, or of a part of one, that are new to the puller. */
  private long readNews(HashRange piece, Draft<K, R> draft) {
    List<LiveVersions<K, R>> found = byHash(piece);
    VersionSum rest = new VersionSum();
    boolean complete = true;
    long told = piece.to();
    long to = piece.to();
    for (int i = 0; i < found.size(); i++) {
      LiveVersions<K, R> live = found.get(i);
      if (endOfHash(found, i) > i + 1) {
        unclear.addLast(new HashRange(live.hash(), live.hash()));
        to = live.hash();
        if (to == piece.from()) {
          return to;
        }
        told = to - 1;
        break;
      }
      if (hasNews(live)) {
        draft.add(copy(keys.encode(live.key()), live));
      } else {
        addAll(rest, live);
        complete = false;
        draft.spend(LOOK_BYTES);
      }
      if (!draft.hasRoom() && i + 1 < found.size()) {
        told = live.hash();
        to = told;
        break;
      }
    }
    HashRange done = new HashRange(piece.from(), told);
    if (complete) {
      draft.add(done);
    } else {
      draft.add(new Rest(done, rest.low(), rest.high()));
    }
    return to;
  }

  /** Is there a version that the puller has not taken in? */
  private boolean hasNews(LiveVersions<K, R> live) {
    for (int i = 0; i < live.count(); i++) {
      if (!isLeftOut(live.version(i)) && isNeeded(live.version(i))) {
        return true;
      }
    }
    return false;
  }

  private void addAll(VersionSum sum, LiveVersions<K, R> live) {
    for (int i = 0; i < live.count(); i++) {
      if (!isLeftOut(live.version(i))) {
        sum.add(live.hash(), live.version(i));
      }
    }
  }

  private boolean isNeeded(Version<R> version) {
    Intervals seen = pullerHasSeen.get(version.origin().incarnation());
    return seen == null || !seen.has(version.stamp());
  }

  private Copy<K, R> copy(byte[] key, LiveVersions<K, R> live) {
    List<CopiedVersion<R>> versions = new ArrayList<>(live.count());
    for (int i = 0; i < live.count(); i++) {
      Version<R> version = live.version(i);
      if (isLeftOut(version)) {
        continue;
      }
      versions.add(
          isNeeded(version) ? CopiedVersion.whole(version, records) : CopiedVersion.named(version));
    }
    return new Copy<>(live.key(), key, live.hash(), versions);
  }

  /** None is, as long as the rules are kept. */
  private boolean isLeftOut(Version<R> version) {
    return (!version.origin().visible() && !rules.keep(Rule.TELL_HIDDEN_TOO))
        || (version.isBare() && !rules.keep(Rule.TELL_BARE_TOO));
  }

  private void add(HashRange range) {
    left += range.share();
    HashRange last = ranges.peekLast();
    if (last != null && last.isBefore(range)) {
      ranges.removeLast();
      ranges.addLast(new HashRange(last.from(), range.to()));
    } else {
      ranges.addLast(range);
    }
  }

  private static long[] folded(long[] digests, int fold) {
    if (fold == 0) {
      return digests;
    }
    int buckets = (digests.length / 2) >> fold;
    long[] sums = new long[2 * buckets];
    for (int bucket = 0; bucket < buckets << fold; bucket++) {
      sums[2 * (bucket >> fold)] += digests[2 * bucket];
      sums[2 * (bucket >> fold) + 1] += digests[2 * bucket + 1];
    }
    return sums;
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Encoded<K, R>(byte[] key, LiveVersions<K, R> live) {}

  /** What goes into a chunk, and how much still may. */
  private static final class Draft<K, R> {
    private final List<HashRange> ranges = new ArrayList<>();
    private final List<Rest> rests = new ArrayList<>();
    private final List<Copy<K, R>> copies = new ArrayList<>();
    private long bytes;

    Draft(long bytes) {
      this.bytes = bytes;
    }

    boolean hasRoom() {
      return bytes > 0;
    }

    void spend(long more) {
      bytes -= more;
    }

    /** What a chunk is about ascends. */
    boolean ascendsTo(HashRange range) {
      return (ranges.isEmpty() || Long.compareUnsigned(ranges.getLast().to(), range.from()) < 0)
          && (rests.isEmpty()
              || Long.compareUnsigned(rests.getLast().range().to(), range.from()) < 0);
    }

    void add(Copy<K, R> copy) {
      copies.add(copy);
      spend(copy.size());
    }

    /** Neighbours are one. */
    void add(HashRange range) {
      if (!ranges.isEmpty() && ranges.getLast().isBefore(range)) {
        ranges.add(new HashRange(ranges.removeLast().from(), range.to()));
      } else {
        ranges.add(range);
      }
    }

    void add(Rest rest) {
      if (!rests.isEmpty() && rests.getLast().range().isBefore(rest.range())) {
        rests.add(rests.removeLast().and(rest));
      } else {
        rests.add(rest);
        spend(Rest.BYTES);
      }
    }
  }
}
