package dev.cets.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PageTest {
  private static final String FIRST = Page.with("", SampleDocument.whole());

  @Test
  void with_oneRun_aRowForEachMetricWithSpreadAndRatio() {
    assertThat(FIRST)
        .contains(
            "| `insert_sync_1` | ops/s | 9,000 (8,000 to 10,000) | 3,000 | 4,500 | 2.00 x |",
            "| `join_1m_seconds` | s | 1.50 | 6.00 | 3.00 | 0.50 x |");
  }

  @Test
  void with_cellThatIsNotOffered_saysWhy() {
    assertThat(FIRST).contains("| `range_100` | ops/s | 70,000 |  | no order of keys |  |");
  }

  @Test
  void with_rawRoundTrip_tellsHowMuchOfItIsReached() {
    assertThat(FIRST).contains("12,000 round trips/s").contains("reaches 75 % of it");
  }

  @Test
  void with_machine_isToldWithCommandAndVersions() {
    assertThat(FIRST)
        .contains("`./cets bench --peers`", "2 cores, 24 GiB", "JDK 25")
        .contains("JGroups ReplicatedHashMap 5.5");
  }

  @Test
  void with_pageThatHasARun_keepsWhatIsWrittenByHand() {
    String page = "# Title\nby hand, before\n" + FIRST.substring(FIRST.indexOf("<!--")) + "after\n";

    String again = Page.with(page, SampleDocument.failed());

    assertThat(again).startsWith("# Title\nby hand, before\n<!--").endsWith("-->\nafter\n");
    assertThat(Page.with(again, SampleDocument.whole())).isEqualTo(page);
  }

  @Test
  void with_pageWithoutMarks_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Page.with("# Something else\n", SampleDocument.whole()))
        .withMessageContaining("end mark");
  }
}
