package dev.cets.replication;

import dev.cets.replication.LinkMessage.Leading;
import dev.cets.replication.LinkMessage.Leading.NotLeading;
import dev.cets.replication.LinkMessage.Leading.Present;
import dev.cets.replication.LinkMessage.Leading.Release;
import dev.cets.replication.LinkMessage.Leading.Reserve;
import dev.cets.replication.LinkMessage.Leading.Reserved;
import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import dev.cets.wire.WireReader;
import dev.cets.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** The bytes of what callers of serial writes and the leader tell each other. */
final class LeadingCodec<K, R> {
  private static final int RESERVE = 0;
  private static final int RESERVED = 1;
  private static final int PRESENT = 2;
  private static final int NOT_LEADING = 3;
  private static final int RELEASE = 4;
  private static final int VERSION_BYTES = 10;

  private final Codec<R> records;
  private final Codec<K> groups;

  LeadingCodec(Codec<R> records, Codec<K> groups) {
    this.records = records;
    this.groups = groups;
  }

  void encode(WireWriter out, Leading<K, R> message) {
    switch (message) {
      case Reserve<K, R> reserve -> {
        begin(out, RESERVE, message);
        out.putBytes(groups.encode(reserve.group()));
        out.putByte(reserve.ifAbsent() ? 1 : 0);
        out.putCount(reserve.forNanos());
      }
      case Reserved<K, R> reserved -> {
        begin(out, RESERVED, message);
        out.putCount(reserved.held().size());
        for (VersionId version : reserved.held()) {
          MessageCodec.putIncarnation(out, version.origin());
          out.putLong(version.stamp());
        }
      }
      case Present<K, R> present -> {
        begin(out, PRESENT, message);
        R record = present.record();
        out.putByte(record == null ? 0 : 1);
        if (record != null) {
          out.putBytes(records.encode(record));
        }
      }
      case NotLeading<K, R> notLeading -> begin(out, NOT_LEADING, message);
      case Release<K, R> release -> {
        begin(out, RELEASE, message);
        out.putBytes(groups.encode(release.group()));
        out.putLong(release.stamp());
      }
    }
  }

  private static void begin(WireWriter out, int kind, Leading<?, ?> message) {
    out.putByte(kind);
    out.putCount(message.id());
  }

  Leading<K, R> decode(WireReader in) {
    int kind = in.readByte();
    long id = in.readNumber();
    return switch (kind) {
      case RESERVE ->
          new Reserve<>(id, groups.decode(in.readSlice()), in.readByte() == 1, in.readNumber());
      case RESERVED -> new Reserved<>(id, versions(in));
      case PRESENT -> new Present<>(id, in.readByte() == 0 ? null : records.decode(in.readSlice()));
      case NOT_LEADING -> new NotLeading<>(id);
      case RELEASE -> new Release<>(id, groups.decode(in.readSlice()), MessageCodec.stamp(in));
      default -> throw new DecodeException("a leader's message of the unknown kind " + kind);
    };
  }

  private static List<VersionId> versions(WireReader in) {
    List<VersionId> versions = new ArrayList<>();
    for (int left = in.readCount(VERSION_BYTES); left > 0; left--) {
      versions.add(new VersionId(MessageCodec.incarnation(in), MessageCodec.stamp(in)));
    }
    return versions;
  }
}
