package dev.cets.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyHashTest {
  private static String hex(String key) {
    return Long.toHexString(KeyHash.of(key.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void of_recordedKeys_stillTheSame() {
    assertThat(hex("")).isEqualTo("ef46db3751d8e999");
    assertThat(hex("a")).isEqualTo("d24ec4f1a98c6e5b");
    assertThat(hex("12345678")).isEqualTo("d2d02f08cf7cfd4a");
    assertThat(hex("a key of more than eight bytes")).isEqualTo("9f2a71fd444a74bf");
    assertThat(Long.toHexString(KeyHash.mix(1))).isEqualTo("283a72a5b9ab93d3");
  }

  @Test
  void of_partOfABuffer_sameAsItsBytesAlone() {
    ByteBuffer buffer = ByteBuffer.wrap("xx12345678yzz".getBytes(StandardCharsets.UTF_8));
    buffer.position(2).limit(11);

    assertThat(Long.toHexString(KeyHash.of(buffer))).isEqualTo(hex("12345678y"));
    assertThat(buffer.position()).isEqualTo(2);
    assertThat(buffer.limit()).isEqualTo(11);
  }

  @Test
  void of_keysThatDifferLittle_fillBucketsEvenly() {
    int[] high = new int[256];
    int[] low = new int[256];
    Set<Long> all = new HashSet<>();
    int count = 100_000;
    for (int i = 0; i < count; i++) {
      long hash = KeyHash.of(("user-" + i).getBytes(StandardCharsets.UTF_8));
      high[(int) (hash >>> 56)]++;
      low[(int) (hash & 0xff)]++;
      all.add(hash);
    }
    assertThat(all).hasSize(count);
    // 391 a bucket on average, deviating by 20: five deviations are allowed
    for (int bucket = 0; bucket < 256; bucket++) {
      assertThat(high[bucket]).as("high bits %s", bucket).isBetween(290, 490);
      assertThat(low[bucket]).as("low bits %s", bucket).isBetween(290, 490);
    }
  }

  @Test
  void of_oneBitFlipped_halfOfTheBitsFlip() {
    Random random = new Random(1);
    for (int length = 1; length <= 24; length++) {
      for (int bit = 0; bit < length * 8; bit++) {
        long flipped = 0;
        for (int i = 0; i < 200; i++) {
          byte[] key = new byte[length];
          random.nextBytes(key);
          long before = KeyHash.of(key);
          key[bit / 8] ^= (byte) (1 << (bit % 8));
          flipped += Long.bitCount(before ^ KeyHash.of(key));
        }
        assertThat(flipped / 200.0).as("%s bytes, bit %s", length, bit).isBetween(27.0, 37.0);
      }
    }
  }
}
