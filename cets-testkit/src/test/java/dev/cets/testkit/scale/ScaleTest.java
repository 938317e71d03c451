package dev.cets.testkit.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cets.testkit.scale.ScaledCluster.Item;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures are what the protocol says; processor times are of no concern here. */
class ScaleTest {
  private static final int RECORDS = 400;

  /** Key and value, encoded. */
  private static final int RECORD_BYTES = 60;

  private static final Map<Integer, ScaleFigures> MEASURED = new ConcurrentHashMap<>();

  private static ScaleFigures measured(int nodes) {
    return MEASURED.computeIfAbsent(nodes, size -> Scale.measure(size, RECORDS));
  }

  private static ScaledCluster cluster(int nodes) {
    ScaledCluster cluster = new ScaledCluster();
    for (int node = 0; node < nodes; node++) {
      cluster.add();
    }
    for (int node = 0; node < nodes; node++) {
      cluster.awaitJoined(node);
    }
    return cluster;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6})
  void insert_alone_isOneMessageToEachPeerAndOneBack(int nodes) {
    try (ScaledCluster cluster = cluster(nodes)) {
      Traffic before = cluster.traffic().now();
      cluster.table(0).insert(Item.of(1));
      cluster.network().run(Duration.ofMillis(500));
      Traffic more = cluster.traffic().since(before);

      assertThat(more.frames(Traffic.WRITES)).isEqualTo(nodes - 1);
      assertThat(more.frames(Traffic.ACK)).isEqualTo(nodes - 1);
      assertThat(more.frames() - more.frames(Traffic.BEAT)).isEqualTo(2L * (nodes - 1));
    }
  }

  @Test
  void insertMany_hundredRecords_isOneMessageToEachPeer() {
    try (ScaledCluster cluster = cluster(4)) {
      Traffic before = cluster.traffic().now();
      cluster.table(0).insertMany(List.of(Item.of(1), Item.of(2), Item.of(3)));

      assertThat(cluster.traffic().since(before).frames(Traffic.WRITES)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6})
  void measure_anySize_obeysTheProtocol(int nodes) {
    ScaleFigures figures = measured(nodes);
    int peers = nodes - 1;

    assertThat(figures.links()).isEqualTo(nodes * peers / 2);
    assertThat(figures.insert().messages()).isEqualTo(2.0 * peers);
    assertThat(figures.bulkRecord().messages()).isEqualTo(2.0 * peers / 100, within(1e-9));
    assertThat(figures.idleSecond().messages()).isEqualTo((double) nodes * peers);
    // a request, what the peer has taken in, and the end
    assertThat(figures.comparison().messages()).isEqualTo(3.0 * peers);
  }

  @Test
  void measure_join_bringsEachRecordOnce() {
    assertThat(measured(6).joinChunkBytes())
        .isBetween((double) RECORDS * RECORD_BYTES, 2.0 * RECORDS * RECORD_BYTES);
  }

  @Test
  void measure_twice_tellsTheSame() {
    ScaleFigures again = Scale.measure(3, RECORDS);

    assertThat(again.join().bytes()).isEqualTo(measured(3).join().bytes());
    assertThat(again.insert().bytes()).isEqualTo(measured(3).insert().bytes());
    assertThat(again.comparison().bytes()).isEqualTo(measured(3).comparison().bytes());
    assertThat(again.idleSecond().bytes()).isEqualTo(measured(3).idleSecond().bytes());
    assertThat(again.contextBytes()).isEqualTo(measured(3).contextBytes());
  }

  @Test
  void measure_moreNodes_tellMoreOfWhatTheyHaveTakenIn() {
    assertThat(measured(6).contextBytes()).isGreaterThan(measured(3).contextBytes());
  }
}
