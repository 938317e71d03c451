package dev.cets.server.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Test
  void codePointOrder_aboveTheBasicPlane_isThatOfUtf8Bytes() {
    List<Integer> samples = List.of(0x24, 0x7F, 0xE9, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF);
    Random random = new Random(7);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      var key = new StringBuilder();
      for (int n = random.nextInt(4); n >= 0; n--) {
        key.appendCodePoint(samples.get(random.nextInt(samples.size())));
      }
      keys.add(key.toString());
    }
    for (String a : keys) {
      for (String b : keys) {
        int expected = Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
        assertThat(Integer.signum(Keys.CODE_POINT_ORDER.compare(a, b)))
            .as("%s and %s", a, b)
            .isEqualTo(Integer.signum(expected));
      }
    }
  }
}
