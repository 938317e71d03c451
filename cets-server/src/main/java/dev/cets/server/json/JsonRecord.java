package dev.cets.server.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One record: a JSON object as compact UTF-8 text, exactly as it was written but for the space
 * between tokens. The key stands beside it, so that a read parses nothing, and the text is one byte
 * array, so that a record costs two objects beside its key. Two records are equal if their texts
 * are; the order of fields counts.
 */
public final class JsonRecord {
  private final String key;
  private final byte[] json;

  /** Only for {@link RecordFormat}, which has checked both. */
  JsonRecord(String key, byte[] json) {
    this.key = key;
    this.json = json;
  }

  /** The text of the key field. */
  public String key() {
    return key;
  }

  /** The length of the text in bytes. */
  public int length() {
    return json.length;
  }

  /** Writes the text. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(json);
  }

  /** The text in UTF-8, not to be changed: the record's own array, to spare a copy per write. */
  byte[] utf8() {
    return json;
  }

  @Override
  public boolean equals(Object other) {
    // The key is part of the text.
    return other instanceof JsonRecord record && Arrays.equals(json, record.json);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(json);
  }

  /** The JSON text. */
  @Override
  public String toString() {
    return new String(json, StandardCharsets.UTF_8);
  }
}
