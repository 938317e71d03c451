package dev.cets.replication;

import dev.cets.replication.LinkMessage.Dumping;
import dev.cets.replication.LinkMessage.Dumping.Ask;
import dev.cets.replication.LinkMessage.Dumping.Done;
import dev.cets.replication.LinkMessage.Dumping.Part;
import dev.cets.replication.LinkMessage.Dumping.Refused;
import dev.cets.replication.LinkMessage.Dumping.Row;
import dev.cets.replication.LinkMessage.Dumping.Taken;
import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import dev.cets.wire.WireReader;
import dev.cets.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** The bytes of what is said about a dump over a table's link. */
final class DumpCodec<K, R> {
  private static final int ASK = 0;
  private static final int PART = 1;
  private static final int TAKEN = 2;
  private static final int DONE = 3;
  private static final int REFUSED = 4;
  private static final int ROW_BYTES = 2;

  private final Codec<K> keys;
  private final Codec<R> records;
  private final Codec<K> groups;

  DumpCodec(Codec<K> keys, Codec<R> records, Codec<K> groups) {
    this.keys = keys;
    this.records = records;
    this.groups = groups;
  }

  void encode(WireWriter out, Dumping<K, R> message) {
    switch (message) {
      case Ask<K, R> ask -> {
        begin(out, ASK, message);
        K group = ask.group();
        out.putByte(group == null ? 0 : 1);
        if (group != null) {
          out.putBytes(groups.encode(group));
        }
        out.putCount(ask.forNanos());
      }
      case Part<K, R> part -> {
        begin(out, PART, message);
        out.putCount(part.number());
        out.putCount(part.rows().size());
        for (Row<K, R> row : part.rows()) {
          byte[] key = row.encodedKey();
          byte[] record = row.encodedRecord();
          out.putBytes(key == null ? keys.encode(row.key()) : key);
          out.putBytes(record == null ? records.encode(row.record()) : record);
        }
      }
      case Taken<K, R> taken -> begin(out, TAKEN, message);
      case Done<K, R> done -> {
        begin(out, DONE, message);
        out.putCount(done.parts());
      }
      case Refused<K, R> refused -> {
        begin(out, REFUSED, message);
        out.putText(refused.reason());
      }
    }
  }

  private static void begin(WireWriter out, int kind, Dumping<?, ?> message) {
    out.putByte(kind);
    out.putCount(message.id());
  }

  Dumping<K, R> decode(WireReader in) {
    int kind = in.readByte();
    long id = in.readNumber();
    return switch (kind) {
      case ASK ->
          new Ask<>(id, in.readByte() == 0 ? null : groups.decode(in.readSlice()), in.readNumber());
      case PART -> new Part<>(id, in.readNumber(), rows(in));
      case TAKEN -> new Taken<>(id);
      case DONE -> new Done<>(id, in.readNumber());
      case REFUSED -> new Refused<>(id, in.readText());
      default -> throw new DecodeException("a message about a dump of the unknown kind " + kind);
    };
  }

  private List<Row<K, R>> rows(WireReader in) {
    List<Row<K, R>> rows = new ArrayList<>();
    for (int left = in.readCount(ROW_BYTES); left > 0; left--) {
      rows.add(new Row<>(keys.decode(in.readSlice()), records.decode(in.readSlice())));
    }
    return rows;
  }
}
