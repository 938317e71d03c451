package dev.cets.node;

import dev.cets.replication.Durations;
import dev.cets.replication.Event;
import dev.cets.replication.Journal;
import dev.cets.replication.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts events and logs them: one line each, no stack trace for what is to be expected, and what a
 * peer can cause at will at most once a minute.
 */
final class EventLog implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.node");
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST_KINDS = 1000;

  /** Such as times, which make a line another one, and yet tell nothing new. */
  private static final Pattern NUMBERS = Pattern.compile("\\d+");

  private final String node;
  private final LongSupplier nanoTime;
  private final Journal next;
  private final Counts counts = new Counts();
  private final Map<String, Quiet> quiets = new HashMap<>();

  EventLog(String node, LongSupplier nanoTime, Journal next) {
    this.node = node;
    this.nanoTime = nanoTime;
    this.next = next;
  }

  /** What it has counted so far. */
  Counts counts() {
    return counts;
  }

  @Override
  public void told(Event event) {
    switch (event) {
      case Event.NodeUp up ->
          LOG.info(
              "{}: node {} is up as {}{}",
              node,
              up.node(),
              up.incarnation(),
              up.downNanos() <= 0 ? "" : ", after " + Durations.text(up.downNanos()));
      case Event.NodeDown down -> {
        counts.add(Counter.NODES_DOWN, 1);
        LOG.info(
            "{}: node {} is down, after {}: {}",
            node,
            down.node(),
            Durations.text(down.upNanos()),
            down.reason());
      }
      case Event.NodeRefused refused -> {
        counts.add(Counter.NODES_REFUSED, 1);
        rarely(
            "refused " + refused.node() + NUMBERS.matcher(refused.reason()).replaceAll("#"),
            "node " + refused.node() + " is not accepted: " + refused.reason());
      }
      case Event.PullBegun begun -> {}
      case Event.PullEnded ended -> count(ended);
      case Event.Joined joined ->
          LOG.info(
              "{}: table {} joined with {}: {} records of {} bytes came in {}, {} records now",
              node,
              joined.table(),
              joined.node(),
              joined.brought(),
              joined.bytes(),
              Durations.text(joined.nanos()),
              joined.records());
      case Event.Mended mended -> {
        counts.add(Counter.MENDED_VERSIONS, mended.table(), mended.versions());
        LOG.error(
            "{}: table {} differed from that on {} in {} versions although both had taken in the"
                + " same writes; it was mended. This must not happen: please report it",
            node,
            mended.table(),
            mended.node(),
            mended.versions());
      }
      case Event.LinkedAgain again -> {
        counts.add(Counter.LINKS_AGAIN, again.table(), 1);
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
        counts.add(Counter.FRAMES_REFUSED, 1);
        rarely(
            "frame " + refused.node(),
            "a frame of " + refused.node() + " was refused: " + refused.reason());
      }
      case Event.NotLeading not ->
          LOG.debug("{}: node {} does not lead table {}", node, not.node(), not.table());
      case Event.StaleRefused stale -> counts.add(Counter.STALE_REFUSED, 1);
      case Event.Conflict conflict -> {
        counts.add(Counter.CONFLICTS, conflict.table(), 1);
        rarely("conflict " + conflict.table(), described(conflict));
      }
      case Event.ResolverFailed failed -> {
        counts.add(Counter.RESOLVER_FAILURES, failed.table(), 1);
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
      case Event.TaskLate late -> {
        counts.add(Counter.TASKS_LATE, 1);
        LOG.warn(
            "{}: {} takes long, {} so far; it waits for {}",
            node,
            late.task(),
            Durations.text(late.nanos()),
            late.waitsFor());
      }
      case Event.TaskDone done ->
          LOG.warn("{}: {} is done, after {}", node, done.task(), Durations.text(done.nanos()));
      case Event.NameTaken taken ->
          LOG.error(
              "{}: a node of this name is running already, at {}; no node lets this one in while"
                  + " that one lives",
              node,
              taken.address());
      case Event.Defect defect -> {
        counts.add(Counter.DEFECTS, 1);
        LOG.error("{}: a defect of this library in {}", node, defect.where(), defect.error());
      }
    }
    next.told(event);
  }

  /** The application's executor does not take a callback. */
  void callbackExecutorRefused(Throwable problem) {
    rarely(
        "callbacks",
        "the callback executor does not take what is handed to it, so callbacks run elsewhere: "
            + problem);
  }

  private void count(Event.PullEnded ended) {
    counts.add(Counter.TRANSFERRED_RECORDS, ended.table(), ended.records());
    counts.add(Counter.TRANSFERRED_BYTES, ended.table(), ended.bytes());
    if (ended.comparison()) {
      counts.add(Counter.DIFFERENCES, ended.table(), ended.changes());
    }
    if (ended.complete()) {
      counts.add(ended.comparison() ? Counter.COMPARISONS : Counter.TRANSFERS, ended.table(), 1);
    }
  }

  private static String described(Event.Conflict conflict) {
    return "table "
        + conflict.table()
        + ": key "
        + conflict.key()
        + " was written without knowing of each other by "
        + conflict.latestFirst().stream().map(Version::origin).toList();
  }

  /** What was not logged since the last line of its kind is counted in the next. */
  private void rarely(String what, String line) {
    long now = nanoTime.getAsLong();
    Quiet quiet = quiets.get(what);
    if (quiet != null && now - quiet.sinceNanos <= QUIET_NANOS) {
      quiet.leftOut++;
      return;
    }
    if (quiets.size() > MOST_KINDS) {
      quiets.clear();
    }
    quiets.put(what, new Quiet(now));
    if (quiet == null || quiet.leftOut == 0) {
      LOG.warn("{}: {}", node, line);
    } else {
      LOG.warn("{}: {}; {} more since the last such line", node, line, quiet.leftOut);
    }
  }

  /** Lines of one kind that are left out. */
  private static final class Quiet {
    private final long sinceNanos;
    private long leftOut;

    Quiet(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }
  }
}
