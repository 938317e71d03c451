package dev.cets.server.json;

import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A key as its UTF-8 text. */
public final class TextKeyCodec implements Codec<String> {
  @Override
  public byte[] encode(String key) {
    try {
      ByteBuffer bytes = Keys.utf8(key);
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the key is no text: half of a surrogate pair", e);
    }
  }

  @Override
  public String decode(ByteBuffer bytes) {
    if (bytes.remaining() > Keys.MAX_BYTES) {
      throw new DecodeException(
          "a key has " + bytes.remaining() + " bytes; at most 1024 are allowed");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new DecodeException("a key is not UTF-8", e);
    }
  }

  @Override
  public String fingerprint() {
    return "text-1";
  }

  @Override
  public boolean canonical() {
    return true;
  }
}
