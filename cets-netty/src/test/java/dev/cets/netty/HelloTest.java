package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.engine.EngineId;
import dev.cets.engine.Proof;
import dev.cets.spi.NodeAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HelloTest {
  private static final Hello HELLO =
      new Hello(new EngineId(1, -2), "käthe", new NodeAddress("fe80::1", 65_535));

  /** The bytes of the first release. Later ones must go on to read them. */
  private static final String VERSION_1 =
      "43455453"
          + "01"
          + "01"
          + "0000000000000001"
          + "fffffffffffffffe"
          + "0006"
          + "6bc3a4746865"
          + "0007"
          + "666538303a3a31"
          + "ffff";

  @Test
  void encode_versionOne_isAsItWas() {
    assertThat(HexFormat.of().formatHex(HELLO.encode().array())).isEqualTo(VERSION_1);
  }

  @Test
  void decode_versionOne_isRead() throws HandshakeException {
    assertThat(Hello.decode(ByteBuffer.wrap(HexFormat.of().parseHex(VERSION_1)))).isEqualTo(HELLO);
  }

  @Test
  void decode_moreThanIsKnown_ignoresIt() throws HandshakeException {
    byte[] longer = HexFormat.of().parseHex(VERSION_1 + "0102030405");

    assertThat(Hello.decode(ByteBuffer.wrap(longer))).isEqualTo(HELLO);
  }

  @Test
  void encodeForProof_nonce_isFoundBehindItAndNowhereElse() throws HandshakeException {
    byte[] whole = new Proof(Credentials.SECRET, true, HELLO.encodeForProof()).hello();
    ByteBuffer frame = ByteBuffer.wrap(whole);

    assertThat(Hello.decode(frame)).isEqualTo(HELLO);
    assertThat(Hello.isNonce(frame)).isTrue();
    assertThat(Hello.isNonce(ByteBuffer.wrap(whole, frame.position(), 32))).isFalse();
    assertThat(Hello.isNonce(ByteBuffer.allocate(100))).isFalse();
    assertThat(Hello.isNonce(ByteBuffer.allocate(0))).isFalse();
  }

  @Test
  void decode_laterVersionThatKnowsThisOne_isRead() throws HandshakeException {
    ByteBuffer later = HELLO.encode().put(4, (byte) 9);

    assertThat(Hello.decode(later)).isEqualTo(HELLO);
  }

  @Test
  void decode_laterVersionThatForgotThisOne_isRefusedWithBoth() {
    ByteBuffer later = HELLO.encode().put(4, (byte) 9).put(5, (byte) 7);

    assertThatThrownBy(() -> Hello.decode(later))
        .isInstanceOf(HandshakeException.class)
        .hasMessage("speaks handshake versions 7 to 9; this node 1 to 1");
  }

  @Test
  void decode_anyPrefix_isRefused() {
    byte[] whole = HELLO.encode().array();
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer prefix = ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> Hello.decode(prefix)).isInstanceOf(HandshakeException.class);
    }
  }

  @Test
  void decode_anyCorruption_isReadOrRefused() {
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      ByteBuffer bytes = HELLO.encode();
      bytes.put(random.nextInt(bytes.remaining()), (byte) random.nextInt());
      bytes.put(random.nextInt(bytes.remaining()), (byte) random.nextInt());
      try {
        Hello.decode(bytes);
      } catch (HandshakeException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  @Test
  void decode_nameWithLineBreak_isRefused() {
    ByteBuffer bytes = HELLO.encode();
    bytes.put(4 + 2 + 16 + 2, (byte) '\n');

    assertThatThrownBy(() -> Hello.decode(bytes))
        .isInstanceOf(HandshakeException.class)
        .hasMessage("sent a handshake with a bad name or address");
  }

  @Test
  void verdict_encoded_isReadAgain() throws HandshakeException {
    for (Verdict verdict : Verdict.values()) {
      assertThat(Verdict.decode(verdict.encode())).isEqualTo(verdict);
    }
    assertThatThrownBy(() -> Verdict.decode(ByteBuffer.allocate(0)))
        .isInstanceOf(HandshakeException.class);
  }
}
