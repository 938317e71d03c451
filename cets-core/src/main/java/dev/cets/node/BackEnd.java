package dev.cets.node;

import dev.cets.discovery.DiscoveryIntervals;
import dev.cets.discovery.DiscoverySchedule;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A discovery back end in use: when it is asked, and what it last said. */
final class BackEnd {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.discovery");

  /** What a question brought: addresses, or a problem. */
  record Answer(Set<NodeAddress> addresses, @Nullable String problem) {}

  private final Discovery discovery;
  private final DiscoverySchedule schedule;

  /** Held while the back end works; guards {@link #stopped}. */
  private final ReentrantLock working = new ReentrantLock();

  private boolean stopped;
  private boolean asked;
  private @Nullable String problem;

  BackEnd(Discovery discovery, DiscoveryIntervals intervals, long nowNanos) {
    this.discovery = discovery;
    this.schedule = new DiscoverySchedule(intervals, discovery.longestInterval(), nowNanos);
  }

  DiscoverySchedule schedule() {
    return schedule;
  }

  String description() {
    return discovery.description();
  }

  /** Did it answer, or fail, at least once? */
  boolean wasAsked() {
    return asked;
  }

  /** Why its last answer was an error, or null. */
  @Nullable String problem() {
    return problem;
  }

  /** Tells it who is going to ask; what it throws is for the caller. */
  void started(Discovery.Self self) {
    discovery.started(self);
  }

  /** The number that it gave to the node, if it did. */
  OptionalInt number() {
    return discovery.number();
  }

  /** Asks; may block. Whatever the back end does, there is an answer, unless it was stopped. */
  void ask(Consumer<Answer> told) {
    working.lock();
    try {
      if (!stopped) {
        told.accept(answer());
      }
    } finally {
      working.unlock();
    }
  }

  private Answer answer() {
    try {
      return new Answer(Set.copyOf(discovery.discover()), null);
    } catch (IOException | RuntimeException e) {
      return new Answer(Set.of(), problem(e));
    }
  }

  /** Tells it that the node leaves, when the question that runs is over; may block. */
  void stop(String node) {
    working.lock();
    try {
      if (!stopped) {
        stopped = true;
        discovery.stopped();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "{}: discovery by {} does not know that the node leaves: {}",
          node,
          description(),
          problem(e));
    } finally {
      working.unlock();
    }
  }

  private static String problem(Exception e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }

  /** Takes the answer; says whether it holds addresses that count from now on. */
  boolean answered(String node, Answer answer, long nowNanos) {
    asked = true;
    String wrong = answer.problem();
    if (wrong == null) {
      schedule.answered(nowNanos);
    } else {
      schedule.failed(nowNanos);
      if (!wrong.equals(problem)) {
        LOG.warn("{}: discovery by {} does not answer: {}", node, description(), wrong);
      }
    }
    problem = wrong;
    return wrong == null;
  }
}
