package dev.cets.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.codec.Samples.Blob;
import dev.cets.codec.Samples.Box;
import dev.cets.codec.Samples.Boxes;
import dev.cets.codec.Samples.Circle;
import dev.cets.codec.Samples.Color;
import dev.cets.codec.Samples.Containers;
import dev.cets.codec.Samples.Everything;
import dev.cets.codec.Samples.Primitives;
import dev.cets.codec.Samples.RoomKey;
import dev.cets.codec.Samples.Tree;
import dev.cets.codec.Samples.Values;
import dev.cets.spi.Codec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The bytes of layout {@code cets-1}, for ever: nodes of other releases write and read them. If one
 * of these fails, the layout has changed, and needs another name.
 */
class WireCompatibilityTest {
  private static <T> void assertBytes(Codec<T> codec, T value, String hex) {
    String recorded = hex.replaceAll("\\s", "");
    assertThat(HexFormat.of().formatHex(codec.encode(value))).isEqualTo(recorded);
    byte[] bytes = HexFormat.of().parseHex(recorded);
    assertThat(codec.decode(ByteBuffer.wrap(bytes))).isEqualTo(value);
  }

  @Test
  void key_recordedScalars_stillTheSame() {
    assertBytes(Codecs.key(String.class), "a\u00e4", "61 c3a4");
    assertBytes(Codecs.key(Boolean.class), true, "01");
    assertBytes(Codecs.key(Character.class), '\uffff', "00ffff");
    assertBytes(Codecs.key(Byte.class), (byte) -1, "ff");
    assertBytes(Codecs.key(Short.class), (short) 128, "0080");
    assertBytes(Codecs.key(Integer.class), 0, "00");
    assertBytes(Codecs.key(Long.class), -129L, "ff7f");
    assertBytes(Codecs.key(Long.class), Long.MIN_VALUE, "8000000000000000");
    assertBytes(Codecs.key(Float.class), 1f, "3f800000");
    assertBytes(Codecs.key(Double.class), 1d, "3ff0000000000000");
    assertBytes(Codecs.key(Color.class), Color.GREEN, "475245454e");
    assertBytes(Codecs.key(UUID.class), new UUID(1, 2), "0000000000000001 0000000000000002");
    assertBytes(Codecs.key(Instant.class), Instant.ofEpochSecond(-1, 1), "00000001 ff");
    assertBytes(Codecs.key(Duration.class), Duration.ofSeconds(256), "00000000 0100");
    assertBytes(Codecs.key(LocalDate.class), LocalDate.ofEpochDay(1), "01");
    assertBytes(Codecs.key(BigInteger.class), BigInteger.valueOf(255), "00ff");
    assertBytes(Codecs.key(BigDecimal.class), new BigDecimal("-0.10"), "00000002 f6");
  }

  @Test
  void key_recordedRecord_stillTheSame() {
    assertBytes(
        Codecs.key(RoomKey.class),
        new RoomKey("example.org", 300, null),
        "665648e90096901f5403012cfa96dbda0c6578616d706c652e6f7267");
  }

  @Test
  void value_recordedValue_stillTheSame() {
    Everything value =
        new Everything(
            new Primitives(true, (byte) 1, (short) 2, 'c', 4, 5, 6f, 7d),
            new Boxes(null, null, null, null, -4, null, null, null),
            new Values(
                "x".repeat(130),
                Color.BLUE,
                new UUID(3, 4),
                Instant.ofEpochSecond(1_700_000_000, 5),
                Duration.ofMillis(1_500),
                LocalDate.ofEpochDay(20_000),
                BigInteger.TEN,
                new BigDecimal("9.99"),
                new Blob(new byte[] {1, 2})),
            new Containers(
                Arrays.asList("a", null),
                Set.of(3, 1, 2),
                Map.of("k", List.of(1L), "j", List.of()),
                Optional.of("o"),
                Map.of(Color.RED, Map.of(new UUID(5, 6), new Circle(0.5))),
                Set.of(new Box(1, 2, null))),
            new Box(3, 4, new Circle(1)),
            new Tree("t", List.of(new Tree("u", List.of()))));
    String before =
        """
        0a2e9b9a3b50b897c902015146262602017545ea13020276d32be00540c000008e02ee0a02639690
        1f54020498dd4acc09401c000000000000d3fbe24902053aa74ce6e2013b8ba7c78301
        """;
    String after =
        """
        665648e905424c55456a57fd3c09000000056553f1009a88c2fc020ab07fa5cc08b19943ce030102
        be97ab72061dcd650001bf3967501100000000000000030000000000000004cac822d90700000002
        03e7e5a02990034e2091aca40b6c08269fa509026a01026b03020115291baa03026f1e3513bf0402
        6100779ecaf907020102020203aac9c2e92904524544241100000000000000050000000000000006
        12d31b604f3b7c6e5a093fe0000000000000cdf1b2e913126d310bc9008c1a452f0201f54de50f02
        02b73e5edc185e237e060274a197b1ba0d0c5e237e060275a197b1ba01cdf1b2e92a50b897c90051
        462626007545ea130076d32be0008e02ee0a0096901f5402fc98dd4acc00d3fbe24900dd30ffd827
        30e40eda6d310bc912d31b604f3b7c6e5a093ff00000000000008c1a452f0203f54de50f0204
        """;
    assertBytes(Codecs.value(Everything.class), value, before + "78".repeat(130) + after);
  }
}
