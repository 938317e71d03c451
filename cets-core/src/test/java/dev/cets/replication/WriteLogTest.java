package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cets.replication.Outcome.Applied;
import dev.cets.replication.Outcome.Unknown;
import dev.cets.replication.WriteLog.Pending;
import dev.cets.replication.WriteLog.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WriteLogTest {
  private final List<Long> completed = new ArrayList<>();
  private final WriteLog<String, Note> log = new WriteLog<>(completed::add);
  private final List<String> told = new ArrayList<>();

  private Link<String, Note> openLink(String peer) {
    Link<String, Note> link =
        new Link<>(Note.CODEC, new Peer(new FakeConnection(peer), 0), 1, log, Settings.DEFAULTS, 0);
    link.yours(1);
    link.sending.begin();
    link.open(0);
    return link;
  }

  private void add(long stamp, long deadlineNanos, List<Link<String, Note>> links) {
    add(stamp, deadlineNanos, links, links);
  }

  private void add(
      long stamp,
      long deadlineNanos,
      List<Link<String, Note>> open,
      List<Link<String, Note>> awaited) {
    Call call =
        new Call() {
          @Override
          public void ended(Outcome outcome) {
            told.add(stamp + " " + text(outcome));
          }

          @Override
          public void released() {
            told.add(stamp + " released");
          }
        };
    Waits<String, Note> waits = new Waits<>("me", open, awaited);
    log.add(new Pending<>(stamp, new byte[10], waits, 3, deadlineNanos, call));
  }

  /** The same for equal outcomes. */
  private static String text(Outcome outcome) {
    return switch (outcome) {
      case Applied applied ->
          "by " + new TreeSet<>(applied.by()) + " left " + new TreeSet<>(applied.left());
      case Unknown unknown -> unknown.reason() + " " + new TreeSet<>(unknown.notAnswered());
      case Outcome.NotApplied not -> not.reason();
      case Outcome.Present present -> "present " + present.standing();
    };
  }

  private static void acknowledge(Link<String, Note> link, long stamp) {
    do {
      link.sending.flush(0);
      link.sending.acknowledged(stamp, 0);
    } while (link.sending.lastSent() < stamp);
  }

  @Test
  void complete_nobodyToWaitFor_appliedByMe() {
    add(1, 10, List.of());

    log.complete();

    assertThat(told).contains("1 " + text(new Applied(Set.of("me"), Set.of(), 3)), "1 released");
    assertThat(log.size()).isZero();
    assertThat(log.bytes()).isZero();
    assertThat(completed).containsExactly(1L);
  }

  @Test
  void complete_oneOfTwoHasNotAcknowledged_waits() {
    Link<String, Note> a = openLink("a");
    Link<String, Note> b = openLink("b");
    add(1, 10, List.of(a, b));
    acknowledge(a, 1);

    log.complete();
    assertThat(told).isEmpty();
    assertThat(log.get(log.first()).waits.missing(1)).containsExactly("b");

    acknowledge(b, 1);
    log.complete();
    assertThat(told).contains("1 " + text(new Applied(Set.of("me", "a", "b"), Set.of(), 3)));
  }

  @Test
  void complete_oneIsJoining_endsWithoutItAndIsHeldForIt() {
    Link<String, Note> a = openLink("a");
    Link<String, Note> joining = openLink("b");
    add(1, 10, List.of(a, joining), List.of(a));
    acknowledge(a, 1);

    log.complete();
    assertThat(told).containsExactly("1 " + text(new Applied(Set.of("me", "a"), Set.of(), 3)));
    assertThat(completed).containsExactly(1L);
    assertThat(log.missing()).isEmpty();

    acknowledge(joining, 1);
    log.complete();
    assertThat(told).hasSize(2).contains("1 released");
    assertThat(log.size()).isZero();
  }

  @Test
  void close_completeOneIsHeldForAJoiningPeer_isReleasedOnce() {
    Link<String, Note> joining = openLink("a");
    add(1, 10, List.of(joining), List.of());
    log.complete();
    told.clear();

    log.close("closed");

    assertThat(told).containsExactly("1 released");
    assertThat(log.oldestWaiting()).isNull();
  }

  @Test
  void complete_linkClosedMeanwhile_receiptSaysWhoLeft() {
    Link<String, Note> a = openLink("a");
    Link<String, Note> b = openLink("b");
    add(1, 10, List.of(a, b));
    acknowledge(a, 1);
    b.close();

    log.complete();

    assertThat(told).contains("1 " + text(new Applied(Set.of("me", "a"), Set.of("b"), 3)));
  }

  @Test
  void complete_laterOneDoneFirst_keepsTheOrder() {
    Link<String, Note> a = openLink("a");
    add(1, 10, List.of(a));
    add(2, 10, List.of());

    log.complete();
    assertThat(completed).isEmpty();

    acknowledge(a, 1);
    log.complete();
    assertThat(completed).containsExactly(1L, 2L);
  }

  @Test
  void acknowledged_morethanWasSent_countsOnlyWhatWasSent() {
    Link<String, Note> a = openLink("a");
    add(1, 10, List.of(a));
    a.sending.acknowledged(100, 0);

    log.complete();

    assertThat(told).isEmpty();
  }

  @Test
  void expire_deadlinePassed_unknownOnceAndKept() {
    Link<String, Note> a = openLink("a");
    add(1, 10, List.of(a));
    add(2, 20, List.of(a));

    log.expire(9);
    assertThat(told).isEmpty();
    log.expire(10);
    log.expire(11);
    assertThat(told).containsExactly("1 " + text(new Unknown("the deadline passed", Set.of("a"))));
    assertThat(log.size()).isEqualTo(2);

    acknowledge(a, 2);
    log.complete();
    assertThat(told)
        .hasSize(4)
        .contains("1 released", "2 released")
        .contains("2 " + text(new Applied(Set.of("me", "a"), Set.of(), 3)));
    assertThat(completed).containsExactly(1L, 2L);
  }

  @Test
  void expire_laterWriteWithAnEarlierDeadline_told() {
    Link<String, Note> a = openLink("a");
    add(1, 20, List.of(a));
    add(2, 10, List.of(a));

    log.expire(10);

    assertThat(told).containsExactly("2 " + text(new Unknown("the deadline passed", Set.of("a"))));
  }

  @Test
  void close_writesUnderWay_unknownAndReleased() {
    Link<String, Note> a = openLink("a");
    add(1, 10, List.of(a));
    add(2, 10, List.of(a));
    log.expire(10);
    told.clear();

    log.close("closed");

    assertThat(told).containsExactlyInAnyOrder("1 released", "2 released");
    assertThat(log.size()).isZero();
    assertThat(log.bytes()).isZero();
  }

  @Test
  void close_beforeTheDeadline_saysWhy() {
    Link<String, Note> a = openLink("a");
    add(1, 10, List.of(a));

    log.close("the table was closed");

    assertThat(told).contains("1 " + text(new Unknown("the table was closed", Set.of("a"))));
  }

  @Test
  void add_moreThanTheRingHolds_growsAndKeepsTheOrder() {
    Link<String, Note> a = openLink("a");
    long stamp = 0;
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 50; i++) {
        add(++stamp, Long.MAX_VALUE, List.of(a));
      }
      acknowledge(a, stamp - 30);
      log.complete();
      assertThat(log.size()).isEqualTo(30);
      assertThat(log.bytes()).isEqualTo(300);
      assertThat(log.get(log.first()).stamp).isEqualTo(stamp - 29);
    }
    for (int i = 0; i < 500; i++) {
      add(++stamp, Long.MAX_VALUE, List.of(a));
    }
    acknowledge(a, stamp);
    log.complete();
    assertThat(completed).isEqualTo(LongStream.rangeClosed(1, stamp).boxed().toList());
  }

  @Test
  void get_completedWrite_refused() {
    add(1, 10, List.of());
    log.complete();

    assertThatIllegalStateException().isThrownBy(() -> log.get(0));
  }
}
