package dev.cets.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cets.codec.Samples.Color;
import dev.cets.codec.Samples.Everything;
import dev.cets.codec.Samples.RoomKey;
import dev.cets.codec.Samples.Shape;
import dev.cets.spi.Codec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CodecCanonicalTest {
  record Bag(Map<String, Integer> map, Set<Long> set) {}

  @Test
  void encode_equalSetsAndMapsInAnotherOrder_sameBytes() {
    Codec<Bag> codec = Codecs.value(Bag.class);
    for (long seed = 0; seed < 300; seed++) {
      RandomSamples samples = new RandomSamples(seed);
      Map<String, Integer> map = new LinkedHashMap<>();
      Set<Long> set = new LinkedHashSet<>();
      for (int i = samples.random().nextInt(40); i > 0; i--) {
        map.put(samples.text(), samples.random().nextInt());
        set.add(samples.integer());
      }
      List<Map.Entry<String, Integer>> entries = new ArrayList<>(map.entrySet());
      Collections.shuffle(entries, new Random(seed));
      Map<String, Integer> otherMap = new LinkedHashMap<>();
      entries.forEach(entry -> otherMap.put(entry.getKey(), entry.getValue()));
      List<Long> elements = new ArrayList<>(set);
      Collections.shuffle(elements, new Random(seed));
      assertThat(codec.encode(new Bag(otherMap, new LinkedHashSet<>(elements))))
          .as("seed %d", seed)
          .isEqualTo(codec.encode(new Bag(map, set)));
    }
  }

  @Test
  void encode_twoRandomValues_sameBytesOnlyIfEqual() {
    Codec<Everything> codec = Codecs.value(Everything.class);
    Codec<RoomKey> keys = Codecs.key(RoomKey.class);
    for (long seed = 0; seed < 2_000; seed++) {
      RandomSamples samples = new RandomSamples(seed);
      Everything a = samples.everything();
      Everything b = samples.everything();
      assertThat(Arrays.equals(codec.encode(a), codec.encode(b)))
          .as("seed %d", seed)
          .isEqualTo(a.equals(b));
      assertThat(codec.encode(new RandomSamples(seed).everything()))
          .as("seed %d", seed)
          .isEqualTo(codec.encode(a));
      RoomKey key = samples.key();
      RoomKey other =
          new RoomKey(key.realm(), key.number() + samples.random().nextInt(2), key.color());
      assertThat(Arrays.equals(keys.encode(key), keys.encode(other)))
          .as("seed %d", seed)
          .isEqualTo(key.equals(other));
    }
  }

  @Test
  void encode_notANumberOfAnyForm_sameBytes() {
    Codec<Double> doubles = Codecs.key(Double.class);
    assertThat(doubles.encode(Double.longBitsToDouble(0x7ff8000000000123L)))
        .isEqualTo(doubles.encode(Double.NaN));
    Codec<Float> floats = Codecs.key(Float.class);
    assertThat(floats.encode(Float.intBitsToFloat(0x7fc00123))).isEqualTo(floats.encode(Float.NaN));
  }

  @Test
  void encode_unequalNumbersOfOneValue_otherBytes() {
    Codec<Double> doubles = Codecs.key(Double.class);
    assertThat(doubles.encode(-0.0)).isNotEqualTo(doubles.encode(0.0));
    Codec<BigDecimal> decimals = Codecs.key(BigDecimal.class);
    assertThat(decimals.encode(new BigDecimal("1.0")))
        .isNotEqualTo(decimals.encode(new BigDecimal("1.00")));
  }

  record OneWay(int a, String b, long c) {}

  record OtherWay(long c, String b, int a) {}

  @Test
  void encode_componentsDeclaredInAnotherOrder_sameBytes() {
    assertThat(Codecs.value(OtherWay.class).encode(new OtherWay(3, "b", 1)))
        .isEqualTo(Codecs.value(OneWay.class).encode(new OneWay(1, "b", 3)));
  }

  @Test
  @SuppressWarnings("IdentityHashMapUsage")
  void encode_mapWithTwoKeysOfTheSameBytes_refused() {
    Map<String, Integer> map = new IdentityHashMap<>();
    map.put("k", 1);
    map.put(String.valueOf(new char[] {'k'}), 2);
    assertThat(map).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.value(Bag.class).encode(new Bag(map, Set.of())))
        .withMessageContaining("Bag.map: two keys");
  }

  @Test
  void encode_stringKeys_orderOfBytesIsOrderOfCodePoints() {
    Codec<String> codec = Codecs.key(String.class);
    assertThat(Arrays.compareUnsigned(codec.encode("\uffee"), codec.encode("\ud83d\ude00")))
        .isNegative();
  }

  @Test
  void fingerprint_ofEachKind_otherAndWithComponentsOfKeysOnly() {
    assertThat(
            List.of(
                Codecs.key(String.class).fingerprint(),
                Codecs.key(Long.class).fingerprint(),
                Codecs.key(Integer.class).fingerprint(),
                Codecs.key(UUID.class).fingerprint(),
                Codecs.key(Color.class).fingerprint(),
                Codecs.key(OneWay.class).fingerprint(),
                Codecs.value(Bag.class).fingerprint(),
                Codecs.value(Shape.class).fingerprint()))
        .containsExactly(
            "cets-1:string",
            "cets-1:long",
            "cets-1:int",
            "cets-1:uuid",
            "cets-1:enum",
            "cets-1:record(a,b,c)",
            "cets-1:record",
            "cets-1:sealed");
    assertThat(Codecs.key(String.class).canonical()).isTrue();
  }
}
