package dev.cets.node;

import dev.cets.replication.Event;
import dev.cets.replication.Journal;
import dev.cets.replication.Version;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts events and logs them: one line each, no stack trace for what is to be expected, and what a
 * peer can cause at will at most once a minute.
 */
final class EventLog implements Journal {
  /** What is counted. */
  enum Counter {
    FRAMES_REFUSED,
    STALE_REFUSED,
    LINKS_AGAIN,
    NODES_DOWN,
    CONFLICTS,
    RESOLVER_FAILURES,
    DEFECTS
  }

  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.node");
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String node;
  private final LongSupplier nanoTime;
  private final Journal next;
  private final Map<Counter, AtomicLong> counters = new EnumMap<>(Counter.class);
  private final Map<String, Long> lastLogged = new HashMap<>();

  EventLog(String node, LongSupplier nanoTime, Journal next) {
    this.node = node;
    this.nanoTime = nanoTime;
    this.next = next;
    for (Counter counter : Counter.values()) {
      counters.put(counter, new AtomicLong());
    }
  }

  long count(Counter counter) {
    AtomicLong count = counters.get(counter);
    return count == null ? 0 : count.get();
  }

  private void add(Counter counter) {
    AtomicLong count = counters.get(counter);
    if (count != null) {
      count.incrementAndGet();
    }
  }

  @Override
  public void told(Event event) {
    switch (event) {
      case Event.NodeUp up ->
          LOG.info("{}: node {} is up as {}", node, up.node(), up.incarnation());
      case Event.NodeDown down -> {
        add(Counter.NODES_DOWN);
        LOG.info("{}: node {} is down: {}", node, down.node(), down.reason());
      }
      case Event.NodeRefused refused ->
          rarely(
              "refused " + refused.node() + refused.reason(),
              "node " + refused.node() + " is not accepted: " + refused.reason());
      case Event.Joined joined ->
          LOG.info(
              "{}: table {} joined with {} in {} ms, {} records now",
              node,
              joined.table(),
              joined.node(),
              TimeUnit.NANOSECONDS.toMillis(joined.nanos()),
              joined.records());
      case Event.LinkedAgain again -> {
        add(Counter.LINKS_AGAIN);
        LOG.info(
            "{}: table {} links with {} again: {}",
            node,
            again.table(),
            again.node(),
            again.reason());
      }
      case Event.Mismatch mismatch ->
          LOG.warn(
              "{}: table {} is not replicated with {}: it {}",
              node,
              mismatch.table(),
              mismatch.node(),
              mismatch.reason());
      case Event.FrameRefused refused -> {
        add(Counter.FRAMES_REFUSED);
        rarely(
            "frame " + refused.node(),
            "a frame of " + refused.node() + " was refused: " + refused.reason());
      }
      case Event.NotLeading not ->
          LOG.debug("{}: node {} does not lead table {}", node, not.node(), not.table());
      case Event.StaleRefused stale -> add(Counter.STALE_REFUSED);
      case Event.Conflict conflict -> {
        add(Counter.CONFLICTS);
        rarely("conflict " + conflict.table(), described(conflict));
      }
      case Event.ResolverFailed failed -> {
        add(Counter.RESOLVER_FAILURES);
        rarely(
            "resolver " + failed.table(),
            "the resolver of table "
                + failed.table()
                + " failed for key "
                + failed.key()
                + ", so the latest record is shown: "
                + failed.problem());
      }
      case Event.LetGo gone ->
          LOG.info(
              "{}: table {} let go of the records of {}, which has been away for long;"
                  + " {} keys stay, and the records are asked for when it is back",
              node,
              gone.table(),
              gone.incarnation(),
              gone.versions());
      case Event.Reincarnated self ->
          LOG.warn("{}: goes on as {}: {}", node, self.incarnation(), self.reason());
      case Event.Replaced replaced ->
          LOG.error("{}: stops: a newer run of this node lives, {}", node, replaced.by());
      case Event.Forgotten forgotten ->
          LOG.warn("{}: node {} is given up: an operator says so", node, forgotten.node());
      case Event.PeerLost lost ->
          LOG.debug("{}: table {} lost node {}", node, lost.table(), lost.node());
      case Event.HandlersLate late ->
          LOG.warn(
              "{}: node-down handlers of table {} for {} take too long; it may be linked again now",
              node,
              late.table(),
              late.node());
      case Event.PauseOver over ->
          LOG.warn(
              "{}: the pause of table {} by {} ended by itself: {}",
              node,
              over.table(),
              over.holder(),
              over.reason());
      case Event.Defect defect -> {
        add(Counter.DEFECTS);
        LOG.error("{}: a defect of this library in {}", node, defect.where(), defect.error());
      }
    }
    next.told(event);
  }

  private static String described(Event.Conflict conflict) {
    return "table "
        + conflict.table()
        + ": key "
        + conflict.key()
        + " was written without knowing of each other by "
        + conflict.latestFirst().stream().map(Version::origin).toList()
        + "; further conflicts of this table are counted";
  }

  private void rarely(String what, String line) {
    long now = nanoTime.getAsLong();
    Long last = lastLogged.get(what);
    if (last == null || now - last > QUIET_NANOS) {
      if (lastLogged.size() > 1000) {
        lastLogged.clear();
      }
      lastLogged.put(what, now);
      LOG.warn("{}: {}", node, line);
    }
  }
}
