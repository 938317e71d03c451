package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cets.NotAppliedException;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that somebody has made so that they have one hash. */
class CraftedKeysTest extends SplitTest {
  private static final Session ONE = new Session("0000304468Z+q{V8", "u1");
  private static final Session OTHER = new Session("00003635/j{_c;m?", "u2");

  @Test
  void insertMany_keysOfOneHash_notApplied() {
    cluster.join("a", "b");

    assertThatExceptionOfType(NotAppliedException.class)
        .isThrownBy(() -> sessions("a").insertMany(List.of(ONE, OTHER)))
        .withMessageContaining("have the same 64-bit hash");

    assertThat(sessions("a").size()).isZero();
  }

  @Test
  void insert_keysOfOneHashOneByOne_eachSideOfACutRemovesAnother_bothAreGone() {
    cluster.join("a", "b");
    sessions("a").insert(ONE);
    sessions("a").insert(OTHER);
    cluster.split("a", "b");
    sessions("a").delete(ONE.id());
    sessions("b").delete(OTHER.id());

    healed("a", "b");

    assertRecords(List.of("a", "b"));
  }
}
