package dev.cets.replication;

import dev.cets.replication.LinkMessage.Base;
import dev.cets.replication.LinkMessage.Chunk;
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
 * transfer at any time, however large the table is.
 */
final class Serving<K, R> {
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

  /** The last chunk was cut behind this key, and the first range begins with its hash; or null. */
  private byte @Nullable [] cut;

  private double left;
  private long calmAtBegin;
  private long nextPart;
  private boolean asked;
  private boolean ended;
  private long chunks;
  private int inFlight;

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
    nextPart++;
    asked = part.last() || (ranges.isEmpty() && part.number() == 0);
    if (!asked && part.number() == 0) {
      link.send(new Differing<>(id, List.copyOf(ranges)));
      ranges.clear();
      left = 0;
    }
  }

  void taken() {
    inFlight = Math.max(0, inFlight - 1);
  }

  /** Sends what may be sent now. */
  void pump(Link<K, R> link) {
    while (asked
        && !ended
        && inFlight < settings.chunksInFlight()
        && link.peer().connection().writable()) {
      if (ranges.isEmpty()) {
        if (!rules.keep(Rule.BASE_AT_START)) {
          link.send(new Base<>(id, intake.context()));
        }
        long calmNow = calm.getAsLong();
        link.send(new End<>(id, chunks, calmNow == calmAtBegin ? calmNow : 0, gone.get()));
        ended = true;
      } else {
        inFlight++;
        link.send(nextChunk());
      }
    }
  }

  private Chunk<K, R> nextChunk() {
    byte[] after = cut;
    List<HashRange> covered = new ArrayList<>();
    List<Copy<K, R>> copies = new ArrayList<>();
    Budget budget = new Budget(settings.chunkBytes());
    while (budget.left() && !ranges.isEmpty()) {
      HashRange range = ranges.removeFirst();
      long to = read(range, copies, budget);
      HashRange done = new HashRange(range.from(), to);
      append(covered, done);
      left -= done.share();
      if (cut != null) {
        ranges.addFirst(new HashRange(to, range.to()));
      } else if (to != range.to()) {
        ranges.addFirst(new HashRange(to + 1, range.to()));
      }
    }
    TablePart part = new TablePart(covered, after, cut);
    return new Chunk<>(id, ++chunks, part, copies, intake.context(), gone.get(), keysLeft());
  }

  /** About as many as their part of all hashes. */
  private long keysLeft() {
    return ranges.isEmpty() ? 0 : Math.round(Math.max(0, left) * intake.store().keys());
  }

  /** Reads the keys of a range, bucket by bucket; says up to which hash, for want of room. */
  private long read(HashRange range, List<Copy<K, R>> copies, Budget budget) {
    byte[] after = cut;
    cut = null;
    long from = range.from();
    while (true) {
      HashRange bucket = HashRange.holding(intake.store().bits(), from);
      long to = Long.compareUnsigned(bucket.to(), range.to()) < 0 ? bucket.to() : range.to();
      List<LiveVersions<K, R>> found = new ArrayList<>();
      intake.store().forEachIn(from, to, found::add);
      found.sort((a, b) -> Long.compareUnsigned(a.hash(), b.hash()));
      for (int i = 0; i < found.size(); ) {
        int end = endOfHash(found, i);
        LiveVersions<K, R> live = found.get(i);
        long hash = live.hash();
        byte[] behind = hash == range.from() ? after : null;
        if (behind == null && end == i + 1) {
          copies.add(copy(keys.encode(live.key()), live, budget));
        } else {
          readOneHash(found.subList(i, end), behind, copies, budget);
        }
        if (cut != null || (!budget.left() && end < found.size())) {
          return hash;
        }
        i = end;
      }
      if (to == range.to() || !budget.left()) {
        return to;
      }
      from = to + 1;
    }
  }

  private static int endOfHash(List<? extends LiveVersions<?, ?>> found, int from) {
    int end = from + 1;
    while (end < found.size() && found.get(end).hash() == found.get(from).hash()) {
      end++;
    }
    return end;
  }

  /** Reads keys of one hash, those behind a key, in the order of a {@link TablePart}. */
  private void readOneHash(
      List<LiveVersions<K, R>> found,
      byte @Nullable [] after,
      List<Copy<K, R>> copies,
      Budget budget) {
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
      if (!budget.left()) {
        cut = last;
        return;
      }
      copies.add(copy(next.key(), next.live(), budget));
      last = next.key();
    }
  }

  private Copy<K, R> copy(byte[] key, LiveVersions<K, R> live, Budget budget) {
    List<CopiedVersion<R>> versions = new ArrayList<>(live.count());
    for (int i = 0; i < live.count(); i++) {
      Version<R> version = live.version(i);
      if (isLeftOut(version)) {
        continue;
      }
      Incarnation origin = version.origin().incarnation();
      Intervals seen = pullerHasSeen.get(origin);
      boolean needed = seen == null || !seen.has(version.stamp());
      versions.add(needed ? CopiedVersion.whole(version, records) : CopiedVersion.named(version));
    }
    Copy<K, R> copy = new Copy<>(live.key(), key, live.hash(), versions);
    budget.spend(copy);
    return copy;
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

  private static void append(List<HashRange> covered, HashRange range) {
    if (!covered.isEmpty() && covered.getLast().isBefore(range)) {
      HashRange last = covered.removeLast();
      covered.add(new HashRange(last.from(), range.to()));
    } else {
      covered.add(range);
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

  /** How much may still go into a chunk. */
  private static final class Budget {
    private long bytes;

    Budget(long bytes) {
      this.bytes = bytes;
    }

    boolean left() {
      return bytes > 0;
    }

    void spend(Copy<?, ?> copy) {
      bytes -= copy.size();
    }
  }
}
