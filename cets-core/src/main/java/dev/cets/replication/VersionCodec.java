package dev.cets.replication;

import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import dev.cets.wire.KeyHash;
import dev.cets.wire.WireReader;
import dev.cets.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bytes of versions and of what was seen of them: the copies, names and contexts in the
 * messages of transfers.
 */
final class VersionCodec<K, R> {
  private static final int NO_RECORD = 0;
  private static final int RECORD = 1;
  private static final int BARE = 2;

  private static final int KEY_VERSION_BYTES = 10;
  private static final int COPIED_VERSION_BYTES = 3;

  private final Codec<K> keys;
  private final Codec<R> records;

  VersionCodec(Codec<K> keys, Codec<R> records) {
    this.keys = keys;
    this.records = records;
  }

  void putCopies(
      WireWriter out, List<Copy<K, R>> copies, Context<K> context, Map<String, Long> gone) {
    Names names = new Names();
    Stamps stamps = new Stamps();
    out.putCount(copies.size());
    for (Copy<K, R> copy : copies) {
      byte[] key = copy.encodedKey();
      out.putBytes(key == null ? keys.encode(copy.key()) : key);
      out.putCount(copy.versions().size());
      for (CopiedVersion<R> version : copy.versions()) {
        names.put(out, version.origin());
        stamps.put(out, version.stamp());
        byte[] record = version.encoded();
        out.putByte(record != null ? RECORD : version.bare() ? BARE : NO_RECORD);
        if (record != null) {
          out.putBytes(record);
        }
      }
    }
    putContext(out, names, context);
    MessageCodec.putStarts(out, gone);
  }

  List<Copy<K, R>> copies(WireReader in, List<Incarnation> names) {
    List<Copy<K, R>> copies = new ArrayList<>();
    Stamps stamps = new Stamps();
    for (int left = in.readCount(2); left > 0; left--) {
      ByteBuffer key = in.readSlice();
      long hash = KeyHash.of(key);
      List<CopiedVersion<R>> versions = new ArrayList<>(1);
      for (int more = in.readCount(COPIED_VERSION_BYTES); more > 0; more--) {
        versions.add(copied(in, name(in, names), stamps));
      }
      copies.add(new Copy<>(keys.decode(key), hash, versions));
    }
    return copies;
  }

  private CopiedVersion<R> copied(WireReader in, Incarnation origin, Stamps stamps) {
    long stamp = stamps.read(in);
    int what = in.readByte();
    return switch (what) {
      case NO_RECORD, BARE -> new CopiedVersion<>(origin, stamp, null, null, what == BARE);
      case RECORD -> new CopiedVersion<>(origin, stamp, records.decode(in.readSlice()), null);
      default -> throw new DecodeException("a version of the unknown kind " + what);
    };
  }

  void putContext(WireWriter out, Names names, Context<K> context) {
    putSeen(out, names, context.seen());
    putKeyVersions(out, names, context.early());
  }

  Context<K> context(WireReader in, List<Incarnation> names) {
    Map<Incarnation, Intervals> seen = seen(in, names);
    Set<KeyVersion<K>> early = new HashSet<>(keyVersions(in, names));
    return new Context<>(seen, early);
  }

  void putKeyVersions(WireWriter out, Names names, Collection<KeyVersion<K>> versions) {
    out.putCount(versions.size());
    for (KeyVersion<K> version : versions) {
      out.putBytes(keys.encode(version.key()));
      names.put(out, version.origin());
      out.putLong(version.stamp());
    }
  }

  List<KeyVersion<K>> keyVersions(WireReader in, List<Incarnation> names) {
    List<KeyVersion<K>> versions = new ArrayList<>();
    for (int left = in.readCount(KEY_VERSION_BYTES); left > 0; left--) {
      ByteBuffer key = in.readSlice();
      long hash = KeyHash.of(key);
      versions.add(
          new KeyVersion<>(keys.decode(key), hash, name(in, names), MessageCodec.stamp(in)));
    }
    return versions;
  }

  static void putSeen(WireWriter out, Names names, Map<Incarnation, Intervals> seen) {
    out.putCount(seen.size());
    seen.forEach(
        (origin, pieces) -> {
          names.put(out, origin);
          out.putCount(pieces.pieces());
          for (int i = 0; i < pieces.pieces(); i++) {
            out.putLong(pieces.from(i));
            out.putLong(pieces.to(i));
          }
        });
  }

  static Map<Incarnation, Intervals> seen(WireReader in, List<Incarnation> names) {
    Map<Incarnation, Intervals> seen = new HashMap<>();
    for (int left = in.readCount(2); left > 0; left--) {
      Intervals pieces = new Intervals();
      if (seen.put(name(in, names), pieces) != null) {
        throw new DecodeException("an origin that was seen twice");
      }
      for (int more = in.readCount(2 * Long.BYTES); more > 0; more--) {
        long from = MessageCodec.stamp(in);
        long to = MessageCodec.stamp(in);
        if (from >= to || (!pieces.isEmpty() && from <= pieces.last())) {
          throw new DecodeException("an interval from " + from + " to " + to + " out of order");
        }
        pieces.add(from, to);
      }
    }
    return seen;
  }

  private static Incarnation name(WireReader in, List<Incarnation> names) {
    long number = in.readNumber();
    if (number < names.size()) {
      return names.get((int) number);
    }
    if (number > names.size()) {
      throw new DecodeException("an incarnation that was not named before");
    }
    Incarnation incarnation = MessageCodec.incarnation(in);
    names.add(incarnation);
    return incarnation;
  }

  /** An incarnation is written out once in a message, and then named by its number. */
  static final class Names {
    private final Map<Incarnation, Integer> numbers = new HashMap<>();

    void put(WireWriter out, Incarnation incarnation) {
      Integer number = numbers.putIfAbsent(incarnation, numbers.size());
      if (number == null) {
        out.putCount(numbers.size() - 1L);
        MessageCodec.putIncarnation(out, incarnation);
      } else {
        out.putCount(number);
      }
    }
  }

  /**
   * Stamps of one message, each as its distance from the one before: most are of about one time.
   */
  private static final class Stamps {
    private long last;

    void put(WireWriter out, long stamp) {
      long distance = stamp - last;
      if (distance == -HybridClock.LATEST) {
        distance = HybridClock.LATEST; // the same, as 63 bits are kept
      }
      out.putCount(distance > 0 ? 2 * distance - 1 : -2 * distance);
      last = stamp;
    }

    long read(WireReader in) {
      long number = in.readNumber();
      long distance = (number & 1) == 1 ? (number >>> 1) + 1 : -(number >>> 1);
      last = MessageCodec.checkedStamp(in, (last + distance) & Long.MAX_VALUE);
      return last;
    }
  }
}
