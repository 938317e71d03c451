package dev.cets.testkit;

import dev.cets.spi.Codec;
import dev.cets.testkit.SimulatedNode.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of the simulations' keys and records. */
final class RowCodecs {
  private RowCodecs() {}

  /** Of a key. */
  static final class KeyCodec implements Codec<String> {
    @Override
    public byte[] encode(String value) {
      return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(ByteBuffer bytes) {
      return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    @Override
    public String fingerprint() {
      return "text";
    }

    @Override
    public boolean canonical() {
      return true;
    }
  }

  /** Of a record. */
  static final class RowCodec implements Codec<Row> {
    @Override
    public byte[] encode(Row row) {
      byte[] key = row.key().getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(Long.BYTES + key.length).putLong(row.value()).put(key).array();
    }

    @Override
    public Row decode(ByteBuffer bytes) {
      long value = bytes.getLong();
      return new Row(StandardCharsets.UTF_8.decode(bytes).toString(), value);
    }

    @Override
    public String fingerprint() {
      return "row";
    }

    @Override
    public boolean canonical() {
      return true;
    }
  }
}
