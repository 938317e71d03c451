package dev.cets.replication;

import dev.cets.replication.LinkMessage.Pull;
import dev.cets.spi.Codec;
import java.util.Set;

/**
 * The pulls of one table: when they begin, and when they end. A pull makes this side hold what the
 * peer held when it began, and know what the peer knew. It goes on while writes do, and nothing
 * waits for it:
 *
 * <ol>
 *   <li>the puller sends digests; the peer notes what it knows (the base), and says so;
 *   <li>the peer answers with chunks of the buckets that differ, and an end; of keys that the
 *       puller seems to have it tells a digest, and their names where the puller has something
 *       else;
 *   <li>the puller takes each chunk when its own streams have brought what the chunk shows;
 *   <li>it asks about newcomers that the base knows, until there are none;
 *   <li>it asks for the records of the peer's versions that are bare here;
 *   <li>it knows from now on what the base knew.
 * </ol>
 *
 * <p>What it sends is in {@link Asking}, what it takes in {@link Taking}. The other side of each is
 * {@link PulledSide}.
 */
final class Transfers<K, R> {
  private final Replication node;
  private final TableReplica<K, R> table;
  private final Intake<K, R> intake;
  private final Comparing<K, R> comparing;
  private final AwaitedOwners<K, R> awaitedOwners;
  private final Asking<K, R> asking;
  private final Taking<K, R> taking;

  Transfers(
      Replication node,
      TableReplica<K, R> table,
      Intake<K, R> intake,
      Links<K, R> links,
      Codec<K> keys) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.comparing = new Comparing<>(node, table.definition().name(), intake, links);
    this.awaitedOwners = new AwaitedOwners<>(intake, links, this::hurry);
    this.asking = new Asking<>(node, table, intake, keys);
    this.taking =
        new Taking<>(node, table, intake, links, comparing, awaitedOwners, asking, this::ended);
  }

  AwaitedOwners<K, R> awaitedOwners() {
    return awaitedOwners;
  }

  Comparing<K, R> comparing() {
    return comparing;
  }

  Asking<K, R> asking() {
    return asking;
  }

  Taking<K, R> taking() {
    return taking;
  }

  /**
   * The link has opened. The older of the two nodes lets the other one pull first: it is mostly
   * that one which lacks something, and when it has that, the two are equal and the older one finds
   * nothing to fetch. It waits for as long as a transfer may stand still at most, and not at all if
   * the other one has what is not here.
   */
  void opened(Link<K, R> link) {
    if (Leadership.OLDEST_FIRST.compare(node.self(), link.peer().identity()) < 0) {
      link.firstPullNanos = node.now() + node.settings().progressLimit().toNanos();
    } else {
      pull(link);
    }
  }

  private static boolean lets(Link<?, ?> link) {
    return link.firstPullNanos != Long.MAX_VALUE;
  }

  /** The other side begins its pull, and says what it has seen. */
  void asked(Link<K, R> link, Pull<K, R> part) {
    boolean has = part.number() == 0 && !intake.hasSeenAll(new Context<>(part.seen(), Set.of()));
    if (has && lets(link)) {
      pull(link);
    }
  }

  /** The pull of the other side has ended. */
  void peerPulled(Link<K, R> link) {
    if (lets(link)) {
      pull(link);
    }
  }

  /** Another transfer waits for this one. */
  private void hurry(Link<K, R> link) {
    peerPulled(link);
    node.transferSlots().hurry(link);
  }

  /** Begins a pull, or has another follow the one that is under way, as something happened. */
  void pull(Link<K, R> link) {
    if (link.pulling != null) {
      link.pullAgain = true;
    } else {
      acquire(link, false);
    }
  }

  /** As the other, although nothing happened, only to compare. */
  void compare(Link<K, R> link) {
    if (link.pulling != null) {
      link.pullAgain = true;
    } else {
      acquire(link, true);
    }
  }

  private void acquire(Link<K, R> link, boolean onlyToCompare) {
    link.firstPullNanos = Long.MAX_VALUE;
    node.tasks().begin(link, what(link), () -> waitsFor(link), node.now());
    node.transferSlots().acquire(link, () -> begin(link, onlyToCompare));
  }

  private String what(Link<K, R> link) {
    return "transfer of table " + table.definition().name() + " from " + link.peer().name();
  }

  static String waitsFor(Link<?, ?> link) {
    Pulling<?, ?> pulling = link.pulling;
    return pulling == null
        ? "other transfers to end"
        : link.peer().name() + ", has " + pulling.progress.view();
  }

  private void begin(Link<K, R> link, boolean onlyToCompare) {
    long id = ++link.pulls;
    link.pullAgain = false;
    Origin owner = intake.origin(link.peer().identity());
    link.pulling =
        new Pulling<>(
            id,
            node.now(),
            new Fetching<>(owner, intake.store()),
            onlyToCompare && comparing.isUndisturbed(link),
            comparing.disturbances());
    link.compareDueNanos = Long.MAX_VALUE;
    node.tell(new Event.PullBegun(table.definition().name(), link.peer().name()));
    int all = intake.store().bits();
    int bits = Math.min(all, node.settings().firstDigestBits());
    asking.sendDigests(link, link.pulling, bits, HashRange.ALL, bits == all);
  }

  /** Its last part has been taken. */
  private void ended(Link<K, R> link, Pulling<K, R> pulling) {
    link.pulling = null;
    node.transferSlots().release(link);
    comparing.ended(link, pulling);
    tellEnd(link, pulling, true);
    table.comparisons().ended(link, pulling);
    link.compareDueNanos = node.now() + node.settings().compareInterval().toNanos();
    if (!link.isPulled()) {
      table.joining().pulled(link, pulling);
    }
    node.tasks().end(link, node.now());
    if (link.pullAgain) {
      pull(link);
    }
  }

  private void tellEnd(Link<K, R> link, Pulling<K, R> pulling, boolean complete) {
    node.tell(
        new Event.PullEnded(
            table.definition().name(),
            link.peer().name(),
            pulling.isComparison(),
            complete,
            pulling.progress.records(),
            pulling.progress.bytes(),
            pulling.changes()));
  }

  // ---- time, and the end

  void tick(Link<K, R> link, long now) {
    if (link.firstPullNanos <= now) {
      pull(link);
    }
    Pulling<K, R> pulling = link.pulling;
    if (pulling != null && now - pulling.movedNanos() > node.settings().progressLimit().toNanos()) {
      table.linkAgain(link, "a transfer stands still");
      return;
    }
    if (link.compareDueNanos <= now) {
      link.compareDueNanos = Long.MAX_VALUE;
      compare(link);
    }
  }

  void forget(Link<K, R> link) {
    Pulling<K, R> pulling = link.pulling;
    if (pulling != null) {
      tellEnd(link, pulling, false);
    }
    node.tasks().drop(link);
    node.transferSlots().release(link);
  }
}
