package dev.cets.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.spi.Discovery;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PacedDiscoveryTest {
  private final PacedDiscovery paced = new PacedDiscovery(Set::of, Duration.ofSeconds(2));

  /** A default method that is added to the SPI would be lost behind it without a word. */
  @Test
  void methodsOfTheSpi_all_arePassedOn() {
    assertThat(Arrays.stream(Discovery.class.getMethods()).map(Method::getName).toList())
        .allSatisfy(
            name ->
                assertThat(PacedDiscovery.class.getDeclaredMethods())
                    .extracting(Method::getName)
                    .contains(name));
  }

  @Test
  void longestInterval_isItsOwn() {
    assertThat(paced.longestInterval()).isEqualTo(Duration.ofSeconds(2));
  }
}
