package dev.cets.testkit.sim;

import dev.cets.spi.Codec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

final class RowCodec implements Codec<Row> {
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
