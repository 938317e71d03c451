package dev.cets.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRangeTest {
  private static final int[] SAMPLES = {'a', 'b', 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};

  private final Random random = new Random(5);

  private String text(int atLeast) {
    var text = new StringBuilder();
    for (int n = atLeast + random.nextInt(3); n > 0; n--) {
      text.appendCodePoint(SAMPLES[random.nextInt(SAMPLES.length)]);
    }
    return text.toString();
  }

  private @Nullable String textOrNull() {
    return random.nextInt(3) == 0 ? null : text(0);
  }

  @Test
  void contains_randomBoundsAndPrefixes_isWhatTheySayEachForItself() {
    int inside = 0;
    for (int i = 0; i < 20_000; i++) {
      String from = textOrNull();
      String to = textOrNull();
      String prefix = textOrNull();
      String key = text(1);
      boolean expected =
          (from == null || Keys.CODE_POINT_ORDER.compare(key, from) >= 0)
              && (to == null || Keys.CODE_POINT_ORDER.compare(key, to) < 0)
              && (prefix == null || key.startsWith(prefix));
      KeyRange range = KeyRange.of(from, to, prefix);
      assertThat(range.contains(key)).as("%s in %s", key, range).isEqualTo(expected);
      assertThat(expected && range.isEmpty()).isFalse();
      inside += expected ? 1 : 0;
    }
    assertThat(inside).isGreaterThan(500);
  }
}
