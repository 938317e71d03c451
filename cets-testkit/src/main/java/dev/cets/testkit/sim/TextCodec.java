package dev.cets.testkit.sim;

import dev.cets.spi.Codec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

final class TextCodec implements Codec<String> {
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
