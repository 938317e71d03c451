package dev.cets.server.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonRecordCodecTest {
  private final RecordFormat format = new RecordFormat("id");
  private final JsonRecordCodec codec = new JsonRecordCodec(format);

  @Test
  void decode_whatEncodeMade_isEqual() throws BadRecordException {
    JsonRecord record = format.read("{\"id\":\"é\", \"x\":[1,2]}".getBytes(UTF_8));
    ByteBuffer bytes = ByteBuffer.allocateDirect(100).put(codec.encode(record)).flip();
    JsonRecord decoded = codec.decode(bytes);
    assertThat(decoded).isEqualTo(record).hasSameHashCodeAs(record);
    assertThat(decoded.key()).isEqualTo("é");
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void decode_mutatedBytes_isARecordOrADecodeException() {
    byte[] good =
        "{\"id\":\"user-1\",\"deep\":{\"a\":[1,2.5,true,null,\"\\u00e9\"]}}".getBytes(UTF_8);
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(8) == 0 ? random.nextInt(bad.length) : bad.length;
      try {
        assertThat(codec.decode(ByteBuffer.wrap(bad, 0, length)).key()).isNotEmpty();
      } catch (DecodeException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  @Test
  void fingerprint_otherKeyField_differs() {
    assertThat(codec.fingerprint()).isEqualTo("json-1:id");
    assertThat(new JsonRecordCodec(new RecordFormat("name")).fingerprint())
        .isNotEqualTo(codec.fingerprint());
  }

  @Test
  void keyCodec_randomBytes_areAKeyOrADecodeException() {
    var keys = new TextKeyCodec();
    assertThat(keys.decode(ByteBuffer.wrap(keys.encode("a\u20ac\ud83d\ude00"))))
        .isEqualTo("a\u20ac\ud83d\ude00");
    assertThatThrownBy(() -> keys.decode(ByteBuffer.wrap(new byte[] {(byte) 0xC0, (byte) 0x80})))
        .isInstanceOf(DecodeException.class);
    assertThatThrownBy(() -> keys.decode(ByteBuffer.allocate(1025)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("at most 1024");
  }
}
