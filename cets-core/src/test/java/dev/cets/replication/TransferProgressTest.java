package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cets.replication.Net.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a transfer is, as the side that fetches tells it. */
class TransferProgressTest {
  private static final int RECORDS = 5_000;

  private final Net net = new Net();

  private void fill(Node node) {
    for (int i = 0; i < RECORDS; i++) {
      node.write("key" + i + "=" + "x".repeat(100));
    }
  }

  private List<Transfer> join(Node a, Node b) {
    List<Transfer> seen = new ArrayList<>();
    net.connect(a, b);
    while (net.step()) {
      LinkView link = a.table().figures().linkViews().stream().findFirst().orElse(null);
      Transfer transfer = link == null ? null : link.transfer();
      if (transfer != null && (seen.isEmpty() || !seen.getLast().equals(transfer))) {
        seen.add(transfer);
      }
    }
    return seen;
  }

  @Test
  void pull_wholeTable_percentGrowsToAHundredAndTheEstimateIsGood() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    fill(b);

    List<Transfer> seen = join(a, b);

    assertThat(seen).hasSizeGreaterThan(5);
    assertThat(seen.getFirst()).isEqualTo(new Transfer(0, 0, 0, 0, 0));
    assertThat(seen).extracting(Transfer::percent).isSorted();
    for (Transfer transfer : seen.subList(1, seen.size())) {
      assertThat((double) transfer.keys() + transfer.keysLeft())
          .isCloseTo(RECORDS, within(RECORDS * 0.1));
      assertThat(transfer.records()).isEqualTo(transfer.keys());
      assertThat(transfer.bytes()).isGreaterThan(100 * transfer.records());
    }
    assertThat(seen.getLast().keys()).isEqualTo(RECORDS);
    assertThat(seen.getLast().percent()).isEqualTo(100);
    assertThat(a.table().figures().linkViews().getFirst().transfer()).isNull();
    Event.Joined joined = a.told(Event.Joined.class).getFirst();
    assertThat(joined.brought()).isEqualTo(RECORDS);
    assertThat(joined.bytes()).isEqualTo(seen.getLast().bytes());
  }

  @Test
  void pull_oneRecordDiffers_onlyItsBucketCounts() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    fill(b);
    net.join(a, b);
    net.cut(a, b);
    net.run();
    b.write("more=1");

    List<Transfer> seen = join(a, b);

    assertThat(seen.getLast().percent()).isEqualTo(100);
    assertThat(seen.getLast().records()).isOne();
    assertThat(seen.getLast().keys()).isBetween(1L, 100L);
  }

  @Test
  void share_rangesOfHashes_addUpToOne() {
    assertThat(new HashRange(0, -1).share()).isCloseTo(1, within(1e-9));
    assertThat(new HashRange(0, Long.MAX_VALUE).share()).isCloseTo(0.5, within(1e-9));
    assertThat(HashRange.ofBucket(8, 255).share()).isCloseTo(1 / 256.0, within(1e-9));
    assertThat(new HashRange(7, 7).share()).isCloseTo(0, within(1e-9));
  }
}
