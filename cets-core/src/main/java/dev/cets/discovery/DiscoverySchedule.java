package dev.cets.discovery;

import java.time.Duration;

/**
 * When the next question to a back end is due. It knows no clock and no thread: time comes as an
 * argument, in nanoseconds of a clock that only grows, and whoever calls asks the questions. Not
 * safe for several threads.
 *
 * <p>One question runs from {@link #begin} to {@link #answered} or {@link #failed}; what is
 * triggered meanwhile is remembered, and makes one more question right after it. Intervals count
 * from the end of a question, so that a slow back end is not asked without a pause.
 */
public final class DiscoverySchedule {
  /** Stands for a time, or a delay, while a question runs: the next is due when that is over. */
  public static final long NEVER = Long.MAX_VALUE;

  /** What the next question waits for. */
  public enum Phase {
    /** No peer has been met, and the first minutes are not over. */
    SEARCHING,
    /** The last question failed. */
    AFTER_ERROR,
    /** A node went down a short time ago. */
    AFTER_PEER_LOST,
    /** All is quiet. */
    REGULAR
  }

  private final long searchingNanos;
  private final long searchingForNanos;
  private final long afterErrorNanos;
  private final long afterPeerLostNanos;
  private final long regularNanos;
  private final long answerLimitNanos;
  private final long startNanos;

  private long dueNanos;
  private long begunNanos;
  private boolean running;
  private boolean again;
  private boolean searching = true;
  private boolean failed;

  /** Are questions owed to nodes that went down? The first and the last of them are kept. */
  private boolean lost;

  private long firstLossDueNanos;
  private long lastLossDueNanos;

  /**
   * The first question is due at once.
   *
   * @param longestInterval of the back end, see {@link dev.cets.spi.Discovery#longestInterval}
   */
  public DiscoverySchedule(DiscoveryIntervals intervals, Duration longestInterval, long now) {
    DiscoveryIntervals.check("longest interval of a back end", longestInterval);
    this.searchingNanos = shorter(intervals.searching(), longestInterval).toNanos();
    this.searchingForNanos = intervals.searchingFor().toNanos();
    this.afterErrorNanos = intervals.afterError().toNanos();
    this.afterPeerLostNanos = intervals.afterPeerLost().toNanos();
    this.regularNanos = shorter(intervals.regular(), longestInterval).toNanos();
    this.answerLimitNanos = intervals.answerLimit().toNanos();
    this.startNanos = now;
    this.dueNanos = now;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** When the next question is due, maybe in the past; {@link #NEVER} while one runs. */
  public long nextDueNanos() {
    return running ? NEVER : dueNanos;
  }

  /** How long it is to the next question, 0 if it is due; {@link #NEVER} while one runs. */
  public long delayNanos(long now) {
    return running ? NEVER : Math.max(0, dueNanos - now);
  }

  /** Does a question run? */
  public boolean running() {
    return running;
  }

  /** For how long the question that runs has been running; 0 if none does. */
  public long runningNanos(long now) {
    return running ? now - begunNanos : 0;
  }

  /** Has the question that runs been running for longer than it may? */
  public boolean overdue(long now) {
    return runningNanos(now) > answerLimitNanos;
  }

  /**
   * Will there be an answer without anybody asking for more: does a question run, or is one due?
   */
  public boolean answerDue(long now) {
    return running || dueNanos - now <= 0;
  }

  /** What the next question waits for. */
  public Phase phase() {
    if (failed) {
      return Phase.AFTER_ERROR;
    }
    if (searching) {
      return Phase.SEARCHING;
    }
    return lost ? Phase.AFTER_PEER_LOST : Phase.REGULAR;
  }

  /** Begins a question, if one is due and none runs; the caller then asks it if this is true. */
  public boolean begin(long now) {
    if (running || dueNanos - now > 0) {
      return false;
    }
    running = true;
    begunNanos = now;
    // This question serves the losses whose time has come.
    if (lost && firstLossDueNanos - now <= 0) {
      lost = lastLossDueNanos - now > 0;
      firstLossDueNanos = lastLossDueNanos;
    }
    return true;
  }

  /** The question has an answer. */
  public void answered(long now) {
    end(now, false);
  }

  /** The question has none. */
  public void failed(long now) {
    end(now, true);
  }

  private void end(long now, boolean withError) {
    if (!running) {
      throw new IllegalStateException("no question runs");
    }
    running = false;
    failed = withError;
    searching = searching && now - startNanos < searchingForNanos;
    dueNanos = now + (failed ? afterErrorNanos : searching ? searchingNanos : regularNanos);
    if (lost) {
      dueNoLaterThan(firstLossDueNanos);
    }
    if (again) {
      again = false;
      dueNoLaterThan(now);
    }
  }

  /** A node came up: the search is over, and it may be in a list with others. */
  public void peerMet(long now) {
    searching = false;
    trigger(now);
  }

  /** A node went down; it may come back elsewhere, or be taken out of the list. */
  public void peerLost(long now) {
    lastLossDueNanos = now + afterPeerLostNanos;
    if (!lost) {
      lost = true;
      firstLossDueNanos = lastLossDueNanos;
    }
    dueNoLaterThan(firstLossDueNanos);
  }

  /** Somebody wants an answer that is newer than now. */
  public void trigger(long now) {
    if (running) {
      again = true;
    } else {
      dueNoLaterThan(now);
    }
  }

  private void dueNoLaterThan(long time) {
    if (time - dueNanos < 0) {
      dueNanos = time;
    }
  }
}
