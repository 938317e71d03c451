package dev.cets.node;

import dev.cets.discovery.DiscoveryIntervals;
import dev.cets.discovery.DiscoverySchedule;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.util.Set;
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

  /** Did it answer, or fail, and is no other question under way or due? */
  boolean isSettled(long nowNanos) {
    return asked && !schedule.running() && schedule.delayNanos(nowNanos) > 0;
  }

  /** Why its last answer was an error, or null. */
  @Nullable String problem() {
    return problem;
  }

  /** Asks; may block. Whatever the back end does, there is an answer. */
  void ask(Consumer<Answer> told) {
    Answer answer;
    try {
      answer = new Answer(Set.copyOf(discovery.discover()), null);
    } catch (IOException | RuntimeException e) {
      String message = e.getMessage();
      answer = new Answer(Set.of(), message == null ? e.toString() : message);
    }
    told.accept(answer);
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
