package dev.cets.server.json;

import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;

/**
 * A record as its JSON text. Nodes that take another field as the key do not fit, which the
 * fingerprint tells.
 */
public final class JsonRecordCodec implements Codec<JsonRecord> {
  private final RecordFormat format;

  /** For the records of one table. */
  public JsonRecordCodec(RecordFormat format) {
    this.format = format;
  }

  @Override
  public byte[] encode(JsonRecord record) {
    return record.utf8();
  }

  @Override
  public JsonRecord decode(ByteBuffer bytes) {
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    try {
      return format.read(text);
    } catch (BadRecordException e) {
      throw new DecodeException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public String fingerprint() {
    return "json-1:" + format.keyField();
  }

  @Override
  public boolean canonical() {
    return true;
  }
}
