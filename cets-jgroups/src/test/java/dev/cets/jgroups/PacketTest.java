package dev.cets.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.engine.EngineId;
import dev.cets.jgroups.Packet.Taken;
import dev.cets.spi.NodeAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketTest {
  private static final Identity KAETHE =
      new Identity(
          new EngineId(1, -2), "käthe", new NodeAddress("h", 65_535), socket(10, 0, 0, 1, 7800));

  private static final String KAETHE_HEX =
      "0000000000000001"
          + "fffffffffffffffe"
          + "0006"
          + "6bc3a4746865"
          + "0001"
          + "68"
          + "ffff"
          + "04"
          + "0a000001"
          + "1e78";

  /** The bytes of the first release. Later ones must go on to read them. */
  private static final Map<String, Packet> VERSION_1 =
      Map.of(
          "ce0101" + "0000000000000007" + KAETHE_HEX,
          new Packet.Knock(7, KAETHE),
          "ce0102" + "0000000000000007" + KAETHE_HEX,
          new Packet.Here(7, KAETHE),
          "ce0103" + "0000000000000005" + "0000000000000000" + KAETHE_HEX,
          new Packet.Hello(5, 0, KAETHE),
          "ce0104"
              + "0000000000000005"
              + "0000000000000006"
              + "0000000000000001"
              + "0000000000000002"
              + "0000000000000003"
              + "00000001ff",
          new Packet.Data(
              5, 6, 1, new Taken(2, 3), ByteBuffer.wrap(new byte[] {0, 0, 0, 1, (byte) 0xff})),
          "ce0105"
              + "0000000000000005"
              + "0000000000000006"
              + "0000000000000004"
              + "0000000000000002"
              + "0000000000000003"
              + "00000008"
              + "00000009",
          new Packet.Status(5, 6, 4, new Taken(2, 3), 8, 9),
          "ce0106" + "0000000000000005" + "0000000000000006" + "0003" + "627965",
          new Packet.Goodbye(5, 6, "bye"),
          "ce0107" + "0000000000000005" + "0000000000000006",
          new Packet.Farewell(5, 6));

  private static InetSocketAddress socket(int a, int b, int c, int d, int port) {
    try {
      byte[] ip = {(byte) a, (byte) b, (byte) c, (byte) d};
      return new InetSocketAddress(InetAddress.getByAddress(ip), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  @Test
  void encode_versionOne_isAsItWas() {
    VERSION_1.forEach(
        (hex, packet) -> assertThat(HexFormat.of().formatHex(packet.encode())).isEqualTo(hex));
    assertThat(VERSION_1).hasSize(Packet.Kind.values().length);
  }

  @Test
  void decode_versionOne_isRead() throws BadPacketException {
    for (Map.Entry<String, Packet> recorded : VERSION_1.entrySet()) {
      assertThat(Packet.decode(bytes(recorded.getKey()))).isEqualTo(recorded.getValue());
    }
  }

  @Test
  void decode_moreThanIsKnown_ignoresIt() throws BadPacketException {
    for (Map.Entry<String, Packet> recorded : VERSION_1.entrySet()) {
      if (!(recorded.getValue() instanceof Packet.Data)) { // whose rest is its content
        assertThat(Packet.decode(bytes(recorded.getKey() + "0102030405")))
            .isEqualTo(recorded.getValue());
      }
    }
  }

  @Test
  void decode_anyPrefix_isRefusedOrReadAsLess() {
    VERSION_1
        .keySet()
        .forEach(
            hex -> {
              for (int length = 0; length < hex.length() / 2; length++) {
                ByteBuffer prefix = bytes(hex).limit(length);
                try {
                  Packet packet = Packet.decode(prefix);
                  // A reason, and a piece of the stream, may be shorter.
                  assertThat(packet).isInstanceOfAny(Packet.Data.class, Packet.Goodbye.class);
                } catch (BadPacketException e) {
                  assertThat(e).hasMessageNotContaining("null");
                }
              }
            });
  }

  @Test
  void decode_anyCorruption_isReadOrRefused() {
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      for (String hex : VERSION_1.keySet()) {
        ByteBuffer bytes = bytes(hex);
        bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt());
        bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt());
        try {
          Packet.decode(bytes);
        } catch (BadPacketException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  @Test
  void decode_otherVersionKindOrMagic_isRefusedWithTheValue() {
    assertThatThrownBy(() -> Packet.decode(bytes("ce0207" + "00".repeat(16))))
        .hasMessage("is of version 2; this node reads 1");
    assertThatThrownBy(() -> Packet.decode(bytes("ce0108" + "00".repeat(16))))
        .hasMessage("is of the unknown kind 8");
    assertThatThrownBy(() -> Packet.decode(bytes("430107" + "00".repeat(16))))
        .hasMessage("is not of CETS");
  }

  @Test
  void goodbye_longReason_isCutAndHasNoLineBreaks() throws BadPacketException {
    String reason = "line\nbreak " + "x".repeat(1_000);

    Packet read = Packet.decode(ByteBuffer.wrap(new Packet.Goodbye(1, 2, reason).encode()));

    assertThat(((Packet.Goodbye) read).reason())
        .startsWith("line?break")
        .hasSize(Packet.MAX_REASON_BYTES);
  }

  @Test
  void identity_withoutASocket_isRead() throws BadPacketException {
    Identity nowhere = new Identity(new EngineId(3, 4), "n", new NodeAddress("somewhere", 1), null);

    assertThat(Identity.decode(ByteBuffer.wrap(nowhere.encode()))).isEqualTo(nowhere);
  }

  @Test
  void identity_nameWithLineBreakOrTooLong_isRefused() {
    assertThatThrownBy(() -> Identity.checkName("a\nb"))
        .hasMessage("name is blank or has control characters");
    Identity.checkName("x".repeat(Identity.MAX_NAME_BYTES));
    assertThatThrownBy(() -> Identity.checkName("x".repeat(Identity.MAX_NAME_BYTES + 1)))
        .hasMessage("name has 256 bytes; 255 are allowed");
  }
}
