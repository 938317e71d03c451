package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.Discoveries;
import dev.cets.TableComparison;
import dev.cets.TableComparison.Finding;
import dev.cets.TableComparison.State;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Comparisons of a table that somebody asks for, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class ComparisonContract extends ClusterContract {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Made by subclasses only. */
  protected ComparisonContract() {}

  @Test
  void compare_joinedNodes_areEqualAndSinceWhen() {
    cluster.join("a", "b", "c");
    sessions("a").insertMany(List.of(ALICE, BOB));

    TableComparison comparison = sessions("a").compare(SOON);

    assertThat(comparison.table()).isEqualTo("sessions");
    assertThat(comparison.nodes()).containsOnlyKeys("b", "c");
    assertThat(comparison.isEqual()).isTrue();
    Finding ofB = Objects.requireNonNull(comparison.nodes().get("b"));
    assertThat(ofB.state()).isEqualTo(State.EQUAL);
    assertThat(ofB.versions()).isZero();
    assertThat(ofB.reason()).isEmpty();
    assertThat(ofB.equalSince()).isBeforeOrEqualTo(cluster.node("a").status().at());
  }

  @Test
  void compare_again_tellsTheSameSinceWhen() {
    cluster.join("a", "b");
    Instant first = equalSince();
    Instant later = cluster.node("a").status().at().plusMillis(400);
    cluster.await(() -> cluster.node("a").status().at().isAfter(later));

    assertThat(Duration.between(first, equalSince()).abs()).isLessThan(Duration.ofMillis(200));
  }

  /** What a finds of b now. */
  private Finding ofB() {
    return Objects.requireNonNull(sessions("a").compare(SOON).nodes().get("b"));
  }

  private Instant equalSince() {
    return Objects.requireNonNull(ofB().equalSince());
  }

  @Test
  void compare_whileOthersWrite_isEqualAndNothingIsLost() {
    cluster.join("a", "b");
    List<CompletableFuture<?>> writes = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      writes.add(sessions(i % 2 == 0 ? "a" : "b").insertAsync(new Session("s" + i, "x")));
    }

    assertThat(ofB().state()).isEqualTo(State.EQUAL);

    cluster.await(() -> writes.stream().allMatch(CompletableFuture::isDone));
    assertThat(sessions("b").size()).isEqualTo(500);
    assertThat(sessions("a").status().mended()).isZero();
  }

  @Test
  void compare_alone_findsNobody() {
    cluster.start("a");

    TableComparison comparison = sessions("a").compare(SOON);

    assertThat(comparison.nodes()).isEmpty();
    assertThat(comparison.isEqual()).isTrue();
  }

  @Test
  void compare_peerThatHasNoSuchTable_isUnreachable() {
    cluster.start("a");
    sessions("a");
    cluster.start("b");
    cluster.connect("a", "b");
    cluster.await(() -> sessions("a").status().links().containsKey("b"));
    cluster.await(() -> ofB().state() == State.UNREACHABLE);

    assertThat(ofB().reason()).contains("no such table");
    assertThat(sessions("a").compare(SOON).isEqual()).isFalse();
  }

  @Test
  void compare_listedNodeThatIsDown_isUnreachable() {
    NodeAddress b = Objects.requireNonNull(cluster.start("b").address());
    cluster.start("a", settings -> settings.discovery(Discoveries.of(b.toString())));
    cluster.join("a", "b");
    cluster.kill("b");
    cluster.awaitDown("a", "b");

    Finding ofB = ofB();

    assertThat(ofB.state()).isEqualTo(State.UNREACHABLE);
    assertThat(ofB.reason()).isEqualTo("is not connected");
  }

  @Test
  void compareAsync_severalAtOnce_endAll() {
    cluster.join("a", "b");
    List<CompletableFuture<TableComparison>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(sessions("a").compareAsync(SOON));
    }

    cluster.await(() -> all.stream().allMatch(CompletableFuture::isDone));

    assertThat(all).allSatisfy(one -> assertThat(one.join().isEqual()).isTrue());
  }

  @Test
  void compare_deadlineThatIsNone_isRefused() {
    cluster.start("a");

    assertThatThrownBy(() -> sessions("a").compare(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the deadline is PT0S; it must be positive");
  }

  @Test
  void compare_closedTable_fails() {
    cluster.join("a", "b");
    var table = sessions("a");
    table.close();

    assertThatThrownBy(() -> table.compare(SOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("table sessions is closed");
  }
}
