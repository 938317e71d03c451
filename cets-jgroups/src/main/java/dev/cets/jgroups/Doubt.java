package dev.cets.jgroups;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connected peer lives: where there is reason to doubt it, it is asked until it answers,
 * or has been asked often enough. On the loop only.
 */
final class Doubt {
  /**
   * So many questions without an answer, then a peer that is in doubt is gone. Three seconds, since
   * JGroups itself takes more than one to open a connection anew that it closed for a view.
   */
  static final int MAX_QUESTIONS = 15;

  static final long QUESTION_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Timer timer;
  private final IntConsumer asking;
  private final Consumer<String> gone;

  /** Why; null: there is none. */
  private @Nullable String reason;

  private int question;
  private int questionBefore;
  private int unanswered;

  /**
   * There is none yet.
   *
   * @param timer set while there is doubt, and by nobody else then
   * @param asking sends the question of this number
   * @param gone told why, when the peer does not answer
   */
  Doubt(Timer timer, IntConsumer asking, Consumer<String> gone) {
    this.timer = timer;
    this.asking = asking;
    this.gone = gone;
  }

  boolean exists() {
    return reason != null;
  }

  /** Perhaps it is gone; then it does not answer. */
  void begin(String why) {
    if (reason == null) {
      reason = why;
      unanswered = 0;
      questionBefore = question;
      askUntilAnswered();
    }
  }

  private void askUntilAnswered() {
    if (unanswered == MAX_QUESTIONS) {
      gone.accept(reason + ", and does not answer");
      return;
    }
    unanswered++;
    ask();
    timer.set(QUESTION_NANOS, this::askUntilAnswered);
  }

  /** Asks once, whether there is doubt or not. */
  void ask() {
    question++;
    asking.accept(question);
  }

  /** An answer to a question of an earlier doubt does not clear this one. */
  void answered(int answer) {
    if (reason != null && answer > questionBefore) {
      reason = null;
      timer.stop();
    }
  }

  /** There is nobody any more to be in doubt of. */
  void end() {
    reason = null;
  }
}
