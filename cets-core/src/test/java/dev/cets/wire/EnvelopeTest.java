package dev.cets.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static byte[] frame() {
    WireWriter out = Envelope.begin(7, 0);
    out.putText("body");
    return bytes(Envelope.end(out));
  }

  private static byte[] bytes(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.duplicate().get(bytes);
    return bytes;
  }

  private static void refused(byte[] bytes, String why) {
    assertThatExceptionOfType(DecodeException.class)
        .as(HexFormat.of().formatHex(bytes))
        .isThrownBy(() -> Envelope.open(ByteBuffer.wrap(bytes)))
        .withMessageContaining(why);
  }

  @Test
  void end_recordedFrame_stillTheSame() {
    assertThat(HexFormat.of().formatHex(frame())).isEqualTo("0107db69862f04626f6479");
  }

  @Test
  void open_wholeFrame_kindAndBody() {
    ByteBuffer frame = ByteBuffer.wrap(frame());

    assertThat(Envelope.open(frame)).isEqualTo(7);
    WireReader body = new WireReader(frame);
    assertThat(body.readText()).isEqualTo("body");
    body.end();
  }

  @Test
  void open_insideALargerBuffer_theSame() {
    byte[] inner = frame();
    ByteBuffer larger = ByteBuffer.allocate(inner.length + 20);
    larger.position(10).put(inner).position(10).limit(10 + inner.length);

    assertThat(Envelope.open(larger)).isEqualTo(7);
    assertThat(new WireReader(larger).readText()).isEqualTo("body");
  }

  @Test
  void open_otherVersion_refused() {
    byte[] other = frame();
    other[0] = 2;
    refused(other, "wire version 2; 1 is spoken here");
  }

  @Test
  void open_anyBitFlipped_refused() {
    for (int bit = 0; bit < frame().length * 8; bit++) {
      byte[] flipped = frame();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refused(flipped, "");
    }
  }

  @Test
  void open_cutOffAnywhere_refused() {
    for (int length = 0; length < frame().length; length++) {
      refused(Arrays.copyOf(frame(), length), "");
    }
  }

  @Test
  void open_longerByAByte_refused() {
    refused(Arrays.copyOf(frame(), frame().length + 1), "checksum");
  }
}
