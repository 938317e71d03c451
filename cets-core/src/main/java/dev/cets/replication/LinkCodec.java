package dev.cets.replication;

import dev.cets.replication.LinkMessage.Ack;
import dev.cets.replication.LinkMessage.Awaited;
import dev.cets.replication.LinkMessage.Base;
import dev.cets.replication.LinkMessage.Chunk;
import dev.cets.replication.LinkMessage.ChunkTaken;
import dev.cets.replication.LinkMessage.Confirm;
import dev.cets.replication.LinkMessage.Confirmed;
import dev.cets.replication.LinkMessage.Differing;
import dev.cets.replication.LinkMessage.Dumping;
import dev.cets.replication.LinkMessage.End;
import dev.cets.replication.LinkMessage.Fetch;
import dev.cets.replication.LinkMessage.Fetched;
import dev.cets.replication.LinkMessage.Joined;
import dev.cets.replication.LinkMessage.Leading;
import dev.cets.replication.LinkMessage.Paused;
import dev.cets.replication.LinkMessage.PausedTaken;
import dev.cets.replication.LinkMessage.Pull;
import dev.cets.replication.LinkMessage.PullMe;
import dev.cets.replication.LinkMessage.Pulled;
import dev.cets.replication.LinkMessage.Writes;
import dev.cets.replication.VersionCodec.Names;
import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import dev.cets.wire.Envelope;
import dev.cets.wire.WireReader;
import dev.cets.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of the messages on a table's links: keys and records by the table's codecs. */
final class LinkCodec<K, R> {
  private static final int WRITES = MessageCodec.FIRST_ON_LINK;
  private static final int ACK = WRITES + 1;
  private static final int JOINED = WRITES + 2;
  private static final int PULL_ME = WRITES + 3;
  private static final int PULL = WRITES + 4;
  private static final int BASE = WRITES + 5;
  private static final int CHUNK = WRITES + 6;
  private static final int CHUNK_TAKEN = WRITES + 7;
  private static final int END = WRITES + 8;
  private static final int CONFIRM = WRITES + 9;
  private static final int CONFIRMED = WRITES + 10;
  private static final int LEADING = WRITES + 11;
  private static final int FETCH = WRITES + 12;
  private static final int FETCHED = WRITES + 13;
  private static final int DUMPING = WRITES + 14;
  private static final int PAUSED = WRITES + 15;
  private static final int PAUSED_TAKEN = WRITES + 16;
  private static final int PULLED = WRITES + 17;
  private static final int AWAITED = WRITES + 18;
  private static final int DIFFERING = WRITES + 19;

  private static final int HEADER_BYTES = 20;
  private static final int MAX_COUNT_BYTES = 10;
  private static final int SMALL = 128;
  private static final int HOLD_BYTES = 3;
  private static final int MAX_BITS = 30;

  private final WriteCodec<K, R> writes;
  private final LeadingCodec<K, R> leading;
  private final DumpCodec<K, R> dumps;
  private final VersionCodec<K, R> versions;

  LinkCodec(Codec<K> keys, Codec<R> records, Codec<K> groups) {
    this.writes = new WriteCodec<>(keys, records);
    this.leading = new LeadingCodec<>(records, groups);
    this.dumps = new DumpCodec<>(keys, records, groups);
    this.versions = new VersionCodec<>(keys, records);
  }

  /** Begins a frame of writes, whose bytes are put behind each other. */
  static WireWriter beginWrites(long to, long from, long number, int capacity) {
    WireWriter out = begin(WRITES, to, from, MAX_COUNT_BYTES + capacity);
    out.putCount(number);
    return out;
  }

  ByteBuffer encode(long to, long from, LinkMessage<K, R> message) {
    return switch (message) {
      case Writes<K, R> batch ->
          throw new IllegalArgumentException("writes are encoded once, for all peers: " + batch);
      case Ack<K, R> ack -> {
        WireWriter out = begin(ACK, to, from, 2 * Long.BYTES);
        out.putLong(ack.stamp());
        out.putLong(ack.wrote());
        yield Envelope.end(out);
      }
      case Pulled<K, R> pulled -> Envelope.end(begin(PULLED, to, from, 0));
      case Awaited<K, R> awaited -> {
        WireWriter out = begin(AWAITED, to, from, Long.BYTES);
        out.putLong(awaited.stamp());
        yield Envelope.end(out);
      }
      case Joined<K, R> joined -> Envelope.end(begin(JOINED, to, from, 0));
      case PullMe<K, R> pullMe -> Envelope.end(begin(PULL_ME, to, from, 0));
      case Pull<K, R> pull -> encodePull(to, from, pull);
      case Differing<K, R> differing -> {
        WireWriter out = begin(DIFFERING, to, from, 2 * Long.BYTES * differing.ranges().size());
        out.putCount(differing.id());
        putRanges(out, differing.ranges());
        yield Envelope.end(out);
      }
      case Base<K, R> base -> {
        WireWriter out = begin(BASE, to, from, SMALL);
        out.putCount(base.id());
        versions.putContext(out, new Names(), base.context());
        yield Envelope.end(out);
      }
      case Chunk<K, R> chunk -> {
        WireWriter out = begin(CHUNK, to, from, SMALL * (chunk.copies().size() + 1));
        out.putCount(chunk.id());
        out.putCount(chunk.number());
        putPart(out, chunk.part());
        putRests(out, chunk.rests());
        versions.putCopies(out, chunk.copies(), chunk.context(), chunk.gone());
        out.putCount(chunk.left());
        yield Envelope.end(out);
      }
      case ChunkTaken<K, R> taken -> {
        WireWriter out = begin(CHUNK_TAKEN, to, from, SMALL);
        out.putCount(taken.id());
        out.putCount(taken.number());
        putRanges(out, taken.unclear());
        yield Envelope.end(out);
      }
      case End<K, R> end -> {
        WireWriter out = begin(END, to, from, SMALL);
        out.putCount(end.id());
        out.putCount(end.chunks());
        out.putCount(end.calm());
        MessageCodec.putStarts(out, end.gone());
        yield Envelope.end(out);
      }
      case Confirm<K, R> confirm -> {
        WireWriter out = begin(CONFIRM, to, from, SMALL);
        out.putCount(confirm.id());
        versions.putKeyVersions(out, new Names(), confirm.versions());
        yield Envelope.end(out);
      }
      case Confirmed<K, R> confirmed -> {
        WireWriter out = begin(CONFIRMED, to, from, SMALL);
        out.putCount(confirmed.id());
        versions.putCopies(out, confirmed.copies(), confirmed.context(), confirmed.gone());
        yield Envelope.end(out);
      }
      case Fetch<K, R> fetch -> {
        WireWriter out = begin(FETCH, to, from, SMALL);
        out.putCount(fetch.id());
        versions.putKeyVersions(out, new Names(), fetch.versions());
        yield Envelope.end(out);
      }
      case Fetched<K, R> fetched -> {
        WireWriter out = begin(FETCHED, to, from, SMALL);
        out.putCount(fetched.id());
        versions.putCopies(out, fetched.copies(), fetched.context(), fetched.gone());
        yield Envelope.end(out);
      }
      case Leading<K, R> told -> {
        WireWriter out = begin(LEADING, to, from, SMALL);
        leading.encode(out, told);
        yield Envelope.end(out);
      }
      case Paused<K, R> paused -> {
        WireWriter out = begin(PAUSED, to, from, SMALL);
        out.putCount(paused.revision());
        out.putCount(paused.holds().size());
        for (Paused.Hold hold : paused.holds()) {
          out.putCount(hold.id());
          out.putText(hold.holder());
          out.putCount(hold.forNanos());
        }
        yield Envelope.end(out);
      }
      case PausedTaken<K, R> taken -> {
        WireWriter out = begin(PAUSED_TAKEN, to, from, 2 * Long.BYTES);
        out.putCount(taken.revision());
        out.putLong(taken.wrote());
        yield Envelope.end(out);
      }
      case Dumping<K, R> said -> {
        WireWriter out = begin(DUMPING, to, from, SMALL);
        dumps.encode(out, said);
        yield Envelope.end(out);
      }
    };
  }

  LinkMessage<K, R> decode(int kind, WireReader in, Incarnation sender) {
    LinkMessage<K, R> message =
        switch (kind) {
          case WRITES -> new Writes<>(in.readNumber(), writes.decodeAll(in, sender));
          case ACK -> new Ack<>(MessageCodec.stamp(in), MessageCodec.stamp(in));
          case PULLED -> new Pulled<>();
          case AWAITED -> new Awaited<>(MessageCodec.stamp(in));
          case JOINED -> new Joined<>();
          case PULL_ME -> new PullMe<>();
          case PULL -> decodePull(in);
          case DIFFERING -> new Differing<>(in.readNumber(), ranges(in));
          case BASE -> new Base<>(in.readNumber(), versions.context(in, new ArrayList<>()));
          case CHUNK -> decodeChunk(in);
          case CHUNK_TAKEN -> new ChunkTaken<>(in.readNumber(), in.readNumber(), ranges(in));
          case END ->
              new End<>(in.readNumber(), in.readNumber(), in.readNumber(), MessageCodec.starts(in));
          case CONFIRM ->
              new Confirm<>(in.readNumber(), versions.keyVersions(in, new ArrayList<>()));
          case CONFIRMED -> decodeConfirmed(in);
          case LEADING -> leading.decode(in);
          case FETCH -> new Fetch<>(in.readNumber(), versions.keyVersions(in, new ArrayList<>()));
          case FETCHED -> decodeFetched(in);
          case DUMPING -> dumps.decode(in);
          case PAUSED -> new Paused<>(in.readNumber(), holds(in));
          case PAUSED_TAKEN -> new PausedTaken<>(in.readNumber(), MessageCodec.stamp(in));
          default -> throw new DecodeException("a message of the unknown kind " + kind);
        };
    in.end();
    return message;
  }

  private static List<Paused.Hold> holds(WireReader in) {
    List<Paused.Hold> holds = new ArrayList<>();
    for (int left = in.readCount(HOLD_BYTES); left > 0; left--) {
      holds.add(new Paused.Hold(in.readNumber(), in.readText(), in.readNumber()));
    }
    return holds;
  }

  WriteCodec<K, R> writes() {
    return writes;
  }

  private static WireWriter begin(int kind, long to, long from, int capacity) {
    WireWriter out = Envelope.begin(kind, HEADER_BYTES + capacity);
    out.putCount(to);
    out.putCount(from);
    return out;
  }

  private ByteBuffer encodePull(long to, long from, Pull<K, R> pull) {
    WireWriter out = begin(PULL, to, from, Long.BYTES * pull.digests().length + SMALL);
    out.putCount(pull.id());
    out.putCount(pull.number());
    out.putByte(pull.bits());
    out.putCount(pull.first());
    out.putCount(pull.digests().length);
    for (long digest : pull.digests()) {
      out.putLong(digest);
    }
    out.putByte(pull.last() ? 1 : 0);
    VersionCodec.putSeen(out, new Names(), pull.seen());
    MessageCodec.putStarts(out, pull.gone());
    return Envelope.end(out);
  }

  private Pull<K, R> decodePull(WireReader in) {
    long id = in.readNumber();
    long number = in.readNumber();
    int bits = in.readByte();
    long first = in.readNumber();
    long[] digests = new long[in.readCount(Long.BYTES)];
    for (int i = 0; i < digests.length; i++) {
      digests[i] = in.readLong();
    }
    if (bits < 1
        || bits > MAX_BITS
        || first > (1L << bits) - digests.length / 2
        || digests.length % 2 != 0) {
      throw new DecodeException("digests of buckets that there are not");
    }
    boolean last = in.readByte() == 1;
    return new Pull<>(
        id,
        number,
        bits,
        (int) first,
        digests,
        last,
        VersionCodec.seen(in, new ArrayList<>()),
        MessageCodec.starts(in));
  }

  private Chunk<K, R> decodeChunk(WireReader in) {
    int encoded = in.remaining();
    long id = in.readNumber();
    long number = in.readNumber();
    TablePart part = part(in);
    List<Rest> rests = rests(in);
    List<Incarnation> names = new ArrayList<>();
    return new Chunk<>(
        id,
        number,
        part,
        rests,
        versions.copies(in, names),
        versions.context(in, names),
        MessageCodec.starts(in),
        in.readNumber(),
        encoded);
  }

  private static void putPart(WireWriter out, TablePart part) {
    putRanges(out, part.ranges());
    putBound(out, part.after());
    putBound(out, part.upTo());
  }

  private static void putBound(WireWriter out, byte @Nullable [] key) {
    out.putByte(key == null ? 0 : 1);
    if (key != null) {
      out.putBytes(key);
    }
  }

  private static TablePart part(WireReader in) {
    List<HashRange> ranges = ranges(in);
    byte[] after = bound(in);
    byte[] upTo = bound(in);
    if (ranges.isEmpty() && (after != null || upTo != null)) {
      throw new DecodeException("a part of no hash, but from or up to a key");
    }
    return new TablePart(ranges, after, upTo);
  }

  private static byte @Nullable [] bound(WireReader in) {
    if (in.readByte() == 0) {
      return null;
    }
    ByteBuffer key = in.readSlice();
    byte[] bytes = new byte[key.remaining()];
    key.get(bytes);
    return bytes;
  }

  private static void putRanges(WireWriter out, List<HashRange> ranges) {
    out.putCount(ranges.size());
    ranges.forEach(range -> putRange(out, range));
  }

  private static void putRange(WireWriter out, HashRange range) {
    out.putLong(range.from());
    out.putLong(range.to());
  }

  private static void putRests(WireWriter out, List<Rest> rests) {
    out.putCount(rests.size());
    for (Rest rest : rests) {
      putRange(out, rest.range());
      out.putLong(rest.low());
      out.putLong(rest.high());
    }
  }

  private static List<HashRange> ranges(WireReader in) {
    List<HashRange> ranges = new ArrayList<>();
    for (int left = in.readCount(2 * Long.BYTES); left > 0; left--) {
      ranges.add(range(in, ranges.isEmpty() ? null : ranges.getLast()));
    }
    return ranges;
  }

  private static List<Rest> rests(WireReader in) {
    List<Rest> rests = new ArrayList<>();
    for (int left = in.readCount(Rest.BYTES); left > 0; left--) {
      HashRange range = range(in, rests.isEmpty() ? null : rests.getLast().range());
      rests.add(new Rest(range, in.readLong(), in.readLong()));
    }
    return rests;
  }

  private static HashRange range(WireReader in, @Nullable HashRange before) {
    HashRange range = new HashRange(in.readLong(), in.readLong());
    boolean ascends = before == null || before.endsBefore(range.from());
    if (!ascends || !range.holds(range.from())) {
      throw new DecodeException("ranges of hashes that do not ascend");
    }
    return range;
  }

  private Confirmed<K, R> decodeConfirmed(WireReader in) {
    long id = in.readNumber();
    List<Incarnation> names = new ArrayList<>();
    return new Confirmed<>(
        id, versions.copies(in, names), versions.context(in, names), MessageCodec.starts(in));
  }

  private Fetched<K, R> decodeFetched(WireReader in) {
    long id = in.readNumber();
    List<Incarnation> names = new ArrayList<>();
    return new Fetched<>(
        id, versions.copies(in, names), versions.context(in, names), MessageCodec.starts(in));
  }
}
