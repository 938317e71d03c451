package dev.cets.jdbc;

import static dev.cets.jdbc.Nodes.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long a row and a number stand. */
abstract class LifetimeContract extends TableContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  // ---- time

  @Test
  void discover_again_refreshesTheRowByTheDatabasesClock() throws IOException, SQLException {
    JdbcDiscovery a = nodes().node("a");
    a.discover();
    nodes().age("a", MINUTE);
    long before = nodes().now();

    a.discover();

    assertThat(nodes().millis("updated_millis", "a")).isBetween(before, nodes().now());
    assertThat(nodes().millis("expires_millis", "a") - nodes().millis("updated_millis", "a"))
        .isBetween(HOUR.toMillis(), HOUR.plusSeconds(5).toMillis());
  }

  @Test
  void discover_otherIsNotHeardOfForAnHour_isRemovedAndItsNumberIsFree()
      throws IOException, SQLException {
    nodes().node("a").discover();
    nodes().age("a", HOUR.plusMillis(1));
    JdbcDiscovery b = nodes().node("b");

    assertThat(b.discover()).isEmpty();

    assertThat(nodes().column("node_number", "a")).isEqualTo("none");
    assertThat(b.number()).hasValue(1);
  }

  @Test
  void discover_otherIsNotHeardOfForLessThanAnHour_stays() throws IOException, SQLException {
    nodes().node("a").discover();
    nodes().age("a", HOUR.minus(MINUTE));

    assertThat(nodes().node("b").discover()).containsExactly(address("a"));
  }

  @Test
  void discover_otherOfAnotherClusterIsNotHeardOf_stays() throws IOException, SQLException {
    nodes().node("a", "games", 1).discover();
    nodes().age("a", HOUR.multipliedBy(2));

    nodes().node("b").discover();

    assertThat(nodes().column("node_number", "a")).isEqualTo("1");
  }

  @Test
  void discover_ownTimeIsOver_keepsItsRowAndNumber() throws IOException, SQLException {
    nodes().insert("x", 1, "'x:1'");
    JdbcDiscovery a = nodes().node("a");
    a.discover();
    nodes().execute("DELETE FROM " + nodes().table() + " WHERE node_name = 'x'");
    nodes().age("a", HOUR.multipliedBy(2));

    // A restart, so that it does not know its number.
    JdbcDiscovery again = nodes().node("a");
    again.discover();

    assertThat(again.number()).hasValue(2);
    assertThat(nodes().millis("expires_millis", "a")).isGreaterThan(nodes().now());
  }

  @Test
  void expireAfter_oneSecond_isHowLongItsOwnRowStands() throws IOException, SQLException {
    JdbcDiscovery brief = nodes().node("a", builder -> builder.expireAfter(Duration.ofSeconds(1)));
    brief.discover();
    nodes().age("a", Duration.ofMillis(1_001));

    assertThat(nodes().node("b").discover()).isEmpty();
    assertThat(brief.longestInterval()).isEqualTo(Duration.ofMillis(250));
  }

  // ---- numbers

  @Test
  void number_removedMeanwhileAndStillFree_isTheSameAgain() throws IOException, SQLException {
    nodes().insert("x", 1, "'x:1'");
    JdbcDiscovery a = nodes().node("a");
    a.discover();
    nodes().age("a", HOUR.multipliedBy(2));
    nodes().execute("DELETE FROM " + nodes().table() + " WHERE node_name = 'x'");
    JdbcDiscovery b = nodes().node("b");
    b.discover();
    assertThat(b.number()).hasValue(1);

    a.discover();

    assertThat(a.number()).hasValue(2);
  }

  @Test
  void number_takenByAnotherMeanwhile_isAnotherAndThatIsTold() throws IOException, SQLException {
    List<Integer> told = Collections.synchronizedList(new ArrayList<>());
    JdbcDiscovery[] self = new JdbcDiscovery[1];
    self[0] =
        nodes()
            .node(
                "a", builder -> builder.onNumberChange(() -> told.add(self[0].number().orElse(0))));
    self[0].discover();
    nodes().age("a", HOUR.multipliedBy(2));
    nodes().node("b").discover();

    self[0].discover();
    self[0].discover();

    assertThat(told).containsExactly(1, 2);
  }

  /** By the clock of this machine, which does not jump; the hour begins before the question. */
  @Test
  void number_notRefreshedForAnHour_isAbsentUntilTheNextAnswer() throws IOException {
    AtomicLong clock = new AtomicLong();
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    JdbcDiscovery a =
        nodes()
            .node(
                "a",
                builder -> builder.nanoTime(clock::get).onNumberChange(() -> told.add("a number")));
    a.discover();
    clock.set(HOUR.toNanos() - 1);
    assertThat(a.number()).hasValue(1);

    clock.set(HOUR.toNanos());
    assertThat(a.number()).isEmpty();

    a.discover();
    assertThat(a.number()).hasValue(1);
    assertThat(told).containsExactly("a number");
  }

  @Test
  void onNumberChange_throws_theAnswerStands() throws IOException {
    nodes().node("b").discover();
    JdbcDiscovery a =
        nodes()
            .node(
                "a",
                builder ->
                    builder.onNumberChange(
                        () -> {
                          throw new IllegalStateException("thrown on purpose");
                        }));

    assertThat(a.discover()).containsExactly(address("b"));
    assertThat(a.number()).hasValue(2);
  }

  // ---- leaving

  @Test
  void stopped_node_isNoLongerSeenAndKeepsItsNumber() throws IOException {
    JdbcDiscovery a = nodes().node("a");
    a.discover();
    JdbcDiscovery b = nodes().node("b");
    b.discover();

    a.stopped();

    assertThat(b.discover()).isEmpty();
    JdbcDiscovery c = nodes().node("c");
    c.discover();
    assertThat(c.number()).hasValue(3);
    JdbcDiscovery again = nodes().node("a");
    again.discover();
    assertThat(again.number()).hasValue(1);
    assertThat(b.discover()).containsExactly(address("a"), address("c"));
  }

  @Test
  void stopped_anHourAgo_itsNumberIsFree() throws IOException, SQLException {
    JdbcDiscovery a = nodes().node("a");
    a.discover();
    a.stopped();
    nodes().age("a", HOUR.plusMillis(1));

    JdbcDiscovery b = nodes().node("b");
    b.discover();

    assertThat(b.number()).hasValue(1);
  }

  /** Such as a pod that ends after its successor has begun. */
  @Test
  void stopped_newerRunIsElsewhereByNow_itsRowStays() throws IOException {
    JdbcDiscovery old = nodes().node("a");
    old.discover();
    NodeAddress elsewhere = new NodeAddress("elsewhere.test", 7800);
    Nodes.started(nodes().builder(), "a", "chat", 1, elsewhere).discover();

    old.stopped();

    assertThat(nodes().node("b").discover()).containsExactly(elsewhere);
  }

  @Test
  void stopped_neverRegistered_changesNothing() throws IOException, SQLException {
    nodes().node("a").stopped();

    assertThat(nodes().column("node_number", "a")).isEqualTo("none");
  }
}
