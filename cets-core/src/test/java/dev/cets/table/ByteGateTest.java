package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ByteGateTest {
  private static final long DEADLINE = 100;

  private final FakeLoop loop = new FakeLoop();
  private final ByteGate gate = new ByteGate(loop, 100);
  private final List<String> admitted = new ArrayList<>();

  /** Enters; what happens meanwhile is for the next wait only. */
  private boolean enter(int cost, FakeLoop.Waiting meanwhile) throws InterruptedException {
    loop.whileWaiting(
        limit -> {
          loop.whileWaiting(more -> {});
          meanwhile.happens(limit);
        });
    return gate.enter(cost, DEADLINE);
  }

  private boolean enter(int cost) throws InterruptedException {
    return enter(cost, limit -> {});
  }

  @Test
  void enter_upToTheLimit_admittedAtOnce() throws InterruptedException {
    assertThat(enter(60)).isTrue();
    assertThat(enter(40)).isTrue();
    assertThat(enter(1)).isFalse();
  }

  @Test
  void cost_moreThanTheLimit_takesAllOfIt() throws InterruptedException {
    assertThat(gate.cost(1_000)).isEqualTo(100);
    assertThat(gate.cost(99)).isEqualTo(99);
    assertThat(enter(gate.cost(1_000))).isTrue();
    assertThat(enter(1)).isFalse();
  }

  @Test
  void enter_roomIsMadeInTime_admitted() throws InterruptedException {
    enter(100);
    assertThat(enter(50, limit -> gate.leave(100))).isTrue();
    assertThat(enter(50)).isTrue();
    assertThat(enter(1)).isFalse();
  }

  @Test
  void leave_lessThanAQuarterIsFree_nobodyIsWokenForIt() throws InterruptedException {
    enter(100);
    assertThat(enter(1, limit -> gate.leave(24))).isFalse();
    assertThat(enter(1)).isTrue(); // who need not be woken does not wait either
    enter(23);
    assertThat(enter(1, limit -> gate.leave(25))).isTrue();
  }

  @Test
  void enter_whileWaiting_waitsUntilTheDeadline() throws InterruptedException {
    enter(100);
    loop.pass(30);
    assertThat(enter(1, limit -> assertThat(limit).isEqualTo(70))).isFalse();
  }

  @Test
  void enter_deadlinePassed_takesNoRoom() throws InterruptedException {
    enter(100);
    assertThat(enter(100)).isFalse();

    gate.leave(100);

    assertThat(enter(100)).isTrue();
  }

  @Test
  void enter_onTheLoopWithoutRoom_refusedAtOnce() throws InterruptedException {
    enter(100);
    loop.inLoop(true);
    assertThat(enter(1, limit -> admitted.add("waited"))).isFalse();
    assertThat(admitted).isEmpty();
  }

  @Test
  void leave_severalWait_firstComeFirstServed() throws InterruptedException {
    enter(100);
    boolean first =
        enter(
            60,
            limit -> {
              boolean second =
                  enter(
                      30,
                      more -> {
                        gate.leave(50); // the first needs 60, the second may not overtake it
                        admitted.add("none yet");
                        gate.leave(10);
                        admitted.add("the first");
                        gate.leave(30);
                      });
              admitted.add("second " + second);
            });
    assertThat(first).isTrue();
    assertThat(admitted).containsExactly("none yet", "the first", "second true");
    assertThat(enter(1)).isFalse();
  }

  @Test
  void enter_roomForASmallOneBehindALargeOne_waitsItsTurn() throws InterruptedException {
    enter(90);
    enter(50, limit -> admitted.add("small " + enter(5)));
    assertThat(admitted).containsExactly("small false");
  }

  @Test
  void enter_theOneBeforeGaveUp_admittedIfThereIsRoom() throws InterruptedException {
    enter(90);
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch ends = new CountDownLatch(1);
    CompletableFuture<Boolean> small = new CompletableFuture<>();
    Thread behind = new Thread(() -> small.complete(enterUninterrupted(5)));
    assertThat(
            enter(
                50,
                limit -> {
                  loop.whileWaiting(
                      more -> {
                        waits.countDown();
                        ends.await();
                      });
                  behind.start();
                  waits.await();
                }))
        .isFalse();
    ends.countDown();
    behind.join();

    assertThat(small).isCompletedWithValue(true);
  }

  private boolean enterUninterrupted(int cost) {
    try {
      return gate.enter(cost, DEADLINE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void enter_interruptedWhileWaiting_leavesTheQueue() throws InterruptedException {
    enter(100);
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(
            () ->
                enter(
                    100,
                    limit -> {
                      throw new InterruptedException();
                    }));
    gate.leave(100);
    assertThat(enter(100)).isTrue();
  }

  @Test
  void enter_interruptedJustAfterItWasAdmitted_givesTheRoomBack() throws InterruptedException {
    enter(100);
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(
            () ->
                enter(
                    100,
                    limit -> {
                      gate.leave(100);
                      throw new InterruptedException();
                    }));
    assertThat(enter(100)).isTrue();
  }

  @Test
  void close_somebodyWaits_refused() throws InterruptedException {
    enter(100);
    assertThat(enter(1, limit -> gate.close())).isFalse();
    gate.leave(100);
    assertThat(enter(1)).isFalse();
  }
}
