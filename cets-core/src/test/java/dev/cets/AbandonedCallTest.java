package dev.cets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.table.FakeLoop;
import dev.cets.table.FakeTransport;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller is interrupted, or its node is too busy to answer; then nothing happens behind him. */
class AbandonedCallTest {
  record Note(String id) {}

  private static final SetSpec<String, Note> NOTES =
      TableSpec.set("notes", String.class, Note.class, Note::id);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeLoop loop =
      new FakeLoop() {
        @Override
        public void schedule(Runnable task, long delayNanos) {}
      };
  private final CetsNode node = CetsNode.builder("a").transport(new FakeTransport(loop)).start();

  AbandonedCallTest() {
    loop.whileWaiting(limit -> loop.turn());
  }

  @AfterEach
  void end() {
    node.close();
  }

  private void interrupted(ThrowingCallable call) {
    loop.whileWaiting(
        limit -> {
          throw new InterruptedException();
        });
    assertThatThrownBy(call).isInstanceOf(CetsException.class).hasMessage("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    loop.whileWaiting(limit -> loop.turn());
    loop.turn();
  }

  @Test
  void open_interrupted_theTableIsNotOpenBehindTheCaller() {
    interrupted(() -> node.open(NOTES));

    assertThat(node.tables()).isEmpty();
    assertThat(node.open(NOTES).size()).isZero();
  }

  @Test
  void open_nodeIsTooBusyToAnswer_theTableIsNotOpenBehindTheCaller() {
    loop.whileWaiting(limit -> {});
    assertThatThrownBy(() -> node.open(NOTES)).hasMessage("node a does not answer");
    loop.whileWaiting(limit -> loop.turn());

    assertThat(node.open(NOTES).size()).isZero();
  }

  @Test
  void pause_interrupted_nothingIsPaused() {
    SetTable<String, Note> table = node.open(NOTES);

    interrupted(() -> table.pause(MINUTE));

    assertThat(table.info().pauseHolders()).isEmpty();
    assertThat(table.insert(new Note("1")).appliedBy()).containsExactly("a");
  }
}
