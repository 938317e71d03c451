package dev.cets.node;

import dev.cets.discovery.DiscoveryIntervals;
import dev.cets.discovery.DiscoverySchedule;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A discovery back end in use: when it is asked, and what it last said. On the loop only, but for
 * {@link #ask}.
 */
final class BackEnd {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.discovery");
  private static final int MAX_PROBLEM_CHARS = 300;

  /** What a question brought: addresses, or a problem. */
  record Answer(Set<NodeAddress> addresses, @Nullable String problem) {}

  private final Discovery discovery;
  private final String description;
  private final DiscoverySchedule schedule;

  /** Held while the back end works; guards {@link #stopped}. */
  private final ReentrantLock working = new ReentrantLock();

  private boolean stopped;
  private Set<NodeAddress> addresses = Set.of();
  private boolean asked;
  private long endedNanos;
  private @Nullable String problem;
  private boolean overdue;

  BackEnd(Discovery discovery, DiscoveryIntervals intervals, long nowNanos) {
    this.discovery = discovery;
    this.description = discovery.description();
    this.schedule = new DiscoverySchedule(intervals, discovery.longestInterval(), nowNanos);
  }

  DiscoverySchedule schedule() {
    return schedule;
  }

  String description() {
    return description;
  }

  /** Did it answer, or fail, at least once? */
  boolean wasAsked() {
    return asked || overdue;
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
      return checked(discovery.discover());
    } catch (IOException | RuntimeException | Error e) {
      return new Answer(Set.of(), oneLine(e));
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
          oneLine(e));
    } finally {
      working.unlock();
    }
  }

  private static Answer checked(@Nullable Set<NodeAddress> found) {
    if (found == null) {
      return new Answer(Set.of(), "it answered with null; an empty set means nobody");
    }
    if (found.size() > Discovery.MAX_ADDRESSES) {
      return new Answer(
          Set.of(),
          "it answered with %d addresses; at most %d are allowed"
              .formatted(found.size(), Discovery.MAX_ADDRESSES));
    }
    return new Answer(Set.copyOf(found), null);
  }

  /** A message is shown in status and log, where one line is one thing. */
  private static String oneLine(Throwable e) {
    String message = e.getMessage();
    String text =
        message == null || message.isBlank()
            ? e.toString()
            : message.replaceAll("\\s+", " ").strip();
    return text.length() <= MAX_PROBLEM_CHARS ? text : text.substring(0, MAX_PROBLEM_CHARS) + "...";
  }

  /** Takes the answer; says whether it holds addresses that count from now on. */
  boolean answered(String node, Answer answer, long nowNanos) {
    boolean late = overdue;
    asked = true;
    overdue = false;
    endedNanos = nowNanos;
    String wrong = answer.problem();
    if (wrong == null) {
      schedule.answered(nowNanos);
      addresses = answer.addresses();
      if (problem != null || late) {
        LOG.info("{}: discovery by {} answers again", node, description);
      }
    } else {
      schedule.failed(nowNanos);
      if (!wrong.equals(problem)) {
        LOG.warn("{}: discovery by {} does not answer: {}", node, description, wrong);
      }
    }
    problem = wrong;
    return wrong == null;
  }

  /** Looks whether it takes too long for its answer; true when that has just become so. */
  boolean becameOverdue(String node, long nowNanos) {
    if (overdue || !schedule.overdue(nowNanos)) {
      return false;
    }
    overdue = true;
    LOG.warn("{}: discovery by {} {}", node, description, late(nowNanos));
    return true;
  }

  private String late(long nowNanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(schedule.runningNanos(nowNanos));
    return "has not answered for " + seconds + " s";
  }

  NodeView.BackEndView view(long nowNanos) {
    List<NodeAddress> sorted = List.copyOf(new TreeSet<>(addresses));
    return new NodeView.BackEndView(
        description,
        schedule.phase(),
        sorted,
        overdue ? late(nowNanos) : problem,
        asked ? nowNanos - endedNanos : -1,
        schedule.running() ? -1 : schedule.delayNanos(nowNanos));
  }
}
