package dev.cets.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static Growth of(double slack, long... samples) {
    return Growth.of(LongStream.of(samples).boxed().toList(), slack);
  }

  @Test
  void grows_lastThirdATenthAndTheSlackLarger_onlyWhatIsBeyond() {
    assertThat(of(10, 1, 1, 1, 100, 100, 100, 120, 120, 120).grows()).isFalse();
    assertThat(of(10, 1, 1, 1, 100, 100, 100, 121, 121, 121).grows()).isTrue();
  }

  @Test
  void grows_firstThirdIsSmaller_warmingUpDoesNotCount() {
    assertThat(of(0, 1, 1, 1, 50, 50, 50, 50, 50, 50).grows()).isFalse();
  }

  @Test
  void grows_oneSampleIsFarOff_doesNotCount() {
    assertThat(of(0, 50, 50, 50, 50, 50, 50, 50, 9_000, 50).grows()).isFalse();
  }

  @Test
  void grows_fewerThanNineSamples_nothingIsSaid() {
    assertThat(of(0, 1, 2, 3, 4, 5, 6, 7, 8)).isEqualTo(new Growth(0, 0, 0));
    assertThat(Growth.of(List.of(), 0).grows()).isFalse();
  }
}
