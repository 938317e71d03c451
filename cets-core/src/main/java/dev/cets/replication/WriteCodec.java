package dev.cets.replication;

import dev.cets.replication.Write.Change;
import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import dev.cets.wire.KeyHash;
import dev.cets.wire.WireReader;
import dev.cets.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a write. They are the same for every peer, so that a write is encoded once: an
 * origin among the replaced versions is either the writer itself, or written out.
 */
final class WriteCodec<K, R> {
  private static final int SELF = 0;
  private static final int OTHER = 1;
  private static final int REPLACED_BYTES = 9;
  private static final int CHANGE_BYTES = 3;
  private static final int WRITE_BYTES = 17;

  private final Codec<K> keys;
  private final Codec<R> records;

  WriteCodec(Codec<K> keys, Codec<R> records) {
    this.keys = keys;
    this.records = records;
  }

  static void putHead(WireWriter out, long previous, long stamp, int changes) {
    out.putLong(previous);
    out.putLong(stamp);
    out.putCount(changes);
  }

  static void putChange(
      WireWriter out,
      byte[] key,
      byte @Nullable [] record,
      List<VersionId> replaces,
      Incarnation self) {
    out.putBytes(key);
    out.putCount(replaces.size());
    for (VersionId version : replaces) {
      boolean own = version.origin().equals(self);
      out.putByte(own ? SELF : OTHER);
      if (!own) {
        MessageCodec.putIncarnation(out, version.origin());
      }
      out.putLong(version.stamp());
    }
    out.putByte(record == null ? 0 : 1);
    if (record != null) {
      out.putBytes(record);
    }
  }

  List<Write<K, R>> decodeAll(WireReader in, Incarnation sender) {
    List<Write<K, R>> writes = new ArrayList<>();
    while (in.remaining() > 0) {
      writes.add(decode(in, sender));
    }
    return writes;
  }

  private Write<K, R> decode(WireReader in, Incarnation sender) {
    if (in.remaining() < WRITE_BYTES) {
      throw new DecodeException("a write that is cut off");
    }
    long previous = MessageCodec.stamp(in);
    long stamp = MessageCodec.stamp(in);
    if (stamp <= previous) {
      throw new DecodeException("a write of stamp " + stamp + " behind one of " + previous);
    }
    int count = in.readCount(CHANGE_BYTES);
    List<Change<K, R>> changes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ByteBuffer key = in.readSlice();
      long hash = KeyHash.of(key);
      List<VersionId> replaces = replaced(in, sender);
      R record = in.readByte() == 0 ? null : records.decode(in.readSlice());
      changes.add(new Change<>(keys.decode(key), hash, record, replaces));
    }
    return new Write<>(previous, stamp, changes);
  }

  private static List<VersionId> replaced(WireReader in, Incarnation sender) {
    int count = in.readCount(REPLACED_BYTES);
    if (count == 0) {
      return List.of();
    }
    List<VersionId> versions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Incarnation origin = in.readByte() == SELF ? sender : MessageCodec.incarnation(in);
      versions.add(new VersionId(origin, MessageCodec.stamp(in)));
    }
    return versions;
  }
}
