package dev.cets.replication;

import dev.cets.replication.LinkMessage.Base;
import dev.cets.replication.LinkMessage.Chunk;
import dev.cets.replication.LinkMessage.ChunkTaken;
import dev.cets.replication.LinkMessage.Confirm;
import dev.cets.replication.LinkMessage.Confirmed;
import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.replication.LinkMessage.Differing;
import dev.cets.replication.LinkMessage.End;
import dev.cets.replication.LinkMessage.Fetch;
import dev.cets.replication.LinkMessage.Fetched;
import dev.cets.replication.LinkMessage.Held;
import dev.cets.replication.LinkMessage.Pull;
import dev.cets.spi.Codec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pulls of one table. A pull makes this side hold what the peer held when it began, and know
 * what the peer knew. It goes on while writes do, and nothing waits for it:
 *
 * <ol>
 *   <li>the puller sends digests; the peer notes what it knows (the base), and says so;
 *   <li>the peer answers with chunks of the buckets that differ, and an end;
 *   <li>the puller takes each chunk when its own streams have brought what the chunk shows;
 *   <li>it asks about newcomers that the base knows, until there are none;
 *   <li>it asks for the records of the peer's versions that are bare here;
 *   <li>it knows from now on what the base knew.
 * </ol>
 *
 * <p>The other side of each is {@link PulledSide}.
 */
final class Transfers<K, R> {
  private static final int DIGESTS_PER_PART = 4096;
  private static final int ASKED_AT_ONCE = 1000;
  private static final int MAX_HELD = 100;

  private final Replication node;
  private final TableReplica<K, R> table;
  private final Intake<K, R> intake;
  private final Links<K, R> links;
  private final Comparing<K, R> comparing;
  private final AwaitedOwners<K, R> awaitedOwners;
  private final Codec<K> keys;

  Transfers(
      Replication node,
      TableReplica<K, R> table,
      Intake<K, R> intake,
      Links<K, R> links,
      Codec<K> keys) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.links = links;
    this.comparing = new Comparing<>(node, table.definition().name(), intake, links);
    this.awaitedOwners = new AwaitedOwners<>(intake, links, this::hurry);
    this.keys = keys;
  }

  AwaitedOwners<K, R> awaitedOwners() {
    return awaitedOwners;
  }

  Comparing<K, R> comparing() {
    return comparing;
  }

  /**
   * The link has opened. The older of the two nodes lets the other one pull first: it is mostly
   * that one which lacks something, and when it has that, the two are equal and the older one finds
   * nothing to fetch. It does not wait for long, nor if the other one has what is not here.
   */
  void opened(Link<K, R> link) {
    if (Leadership.OLDEST_FIRST.compare(node.self(), link.peer().identity()) < 0) {
      link.firstPullNanos = node.now() + node.settings().beat().toNanos();
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
    sendDigests(link, link.pulling, bits, HashRange.ALL, bits == all);
  }

  /** The peer has compared the first digests: sends those of smaller buckets. */
  void differing(Link<K, R> link, Differing<K, R> differing) {
    Pulling<K, R> pulling = pulling(link, differing.id());
    if (pulling == null || pulling.parts() != 1) {
      return; // it came twice
    }
    pulling.moved(node.now());
    List<HashRange> ranges = differing.ranges();
    for (int i = 0; i < ranges.size(); i++) {
      boolean last = i == ranges.size() - 1;
      sendDigests(link, pulling, intake.store().bits(), ranges.get(i), last);
    }
  }

  /**
   * Sends the digests of the buckets in a range, in parts.
   *
   * @param last whether the request ends with them
   */
  private void sendDigests(
      Link<K, R> link, Pulling<K, R> pulling, int bits, HashRange range, boolean last) {
    int end = HashRange.bucket(bits, range.to()) + 1;
    for (int first = HashRange.bucket(bits, range.from()); first < end; ) {
      int count = Math.min(DIGESTS_PER_PART, end - first);
      long number = pulling.nextPart();
      link.send(
          new Pull<>(
              pulling.id(),
              number,
              bits,
              first,
              intake.store().digests(bits, first, count),
              last && first + count == end,
              number == 0 ? intake.context().seen() : Map.of(),
              node.gone().snapshot()));
      first += count;
    }
  }

  void base(Link<K, R> link, Base<K, R> base) {
    Pulling<K, R> pulling = pulling(link, base.id());
    if (pulling != null) {
      pulling.base(base.context());
      pulling.moved(node.now());
    }
  }

  void hold(Link<K, R> link, Held<K, R> message) {
    Pulling<K, R> pulling = pulling(link, message.id());
    if (pulling != null) {
      pulling.moved(node.now());
      link.held.addLast(message);
      takeHeld(link);
      if (link.held.size() > MAX_HELD) {
        table.linkAgain(link, "more than " + MAX_HELD + " chunks were sent without waiting");
      }
    }
  }

  /** Takes what waited, on every link, as far as it may be taken now. */
  void takeHeld() {
    for (Link<K, R> link : links.all()) {
      if (!link.held.isEmpty() || isOvertaken(link)) {
        links.snapshot().forEach(this::takeHeld);
        return;
      }
    }
  }

  private void takeHeld(Link<K, R> link) {
    Pulling<K, R> waiting = link.pulling;
    if (waiting != null && waiting.isOvertaken()) {
      finish(link, waiting);
    }
    while (!link.closed() && !link.held.isEmpty()) {
      Held<K, R> next = link.held.peekFirst();
      if (node.rules().keep(Rule.HOLD_UNTIL_CAUGHT_UP) && !caughtUp(link, next)) {
        return;
      }
      if (node.rules().keep(Rule.AWAIT_THE_OWNER) && awaitedOwners.has(link, next)) {
        return;
      }
      link.held.removeFirst();
      Pulling<K, R> pulling = pulling(link, next.id());
      if (pulling != null) {
        pulling.moved(node.now());
        take(link, pulling, next);
      }
    }
  }

  private void take(Link<K, R> link, Pulling<K, R> pulling, Held<K, R> message) {
    node.retire(message.gone());
    if (link.closed()) {
      return; // what was learned closed this very link
    }
    switch (message) {
      case Chunk<K, R> chunk -> {
        if (node.rules().keep(Rule.COUNT_CHUNKS) && chunk.number() != pulling.chunks() + 1) {
          if (chunk.number() > pulling.chunks()) {
            table.linkAgain(link, "a chunk was lost");
          }
          return; // or it came twice
        }
        List<K> held = intake.merging().suspects(chunk.ranges(), chunk.context());
        boolean known = comparing.isKnown(pulling, chunk.context(), chunk.copies());
        pulling.changed(
            intake.merging().compare(held, byKey(chunk.copies()), chunk.context(), link), known);
        pulling.chunkTaken();
        pulling.progress.taken(
            chunk.copies().size(), chunk.records(), chunk.encoded(), chunk.left());
        link.send(new ChunkTaken<>(chunk.id()));
      }
      case Confirmed<K, R> confirmed -> {
        Map<K, Copy<K, R>> theirs = byKey(confirmed.copies());
        int changes = intake.merging().compare(theirs.keySet(), theirs, confirmed.context(), link);
        pulling.changed(changes, false);
        pulling.answered(theirs.keySet());
        finish(link, pulling);
      }
      case Fetched<K, R> fetched -> {
        Map<K, Copy<K, R>> theirs = byKey(fetched.copies());
        intake.merging().compare(theirs.keySet(), theirs, fetched.context(), link);
        pulling.fetching().answered(theirs.keySet());
        finish(link, pulling);
      }
      case End<K, R> end -> {
        pulling.calm(end.calm());
        if (end.chunks() == pulling.chunks() || !node.rules().keep(Rule.COUNT_CHUNKS)) {
          finish(link, pulling);
        } else {
          table.linkAgain(link, "a chunk was lost");
        }
      }
    }
  }

  private void finish(Link<K, R> link, Pulling<K, R> pulling) {
    Context<K> base = pulling.base();
    if (base == null) {
      table.linkAgain(link, "the base was lost");
      return;
    }
    if (pulling.isAsking() || confirms(link, pulling) || fetches(link, pulling)) {
      return;
    }
    intake.merging().learn(base);
    if (table.hasHole(link)) {
      return;
    }
    pulling.overtaken(isBehindOthers(link));
    if (pulling.isOvertaken()) {
      return; // until its stream has brought more
    }
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
    takeHeld();
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

  private static <K, R> boolean isOvertaken(Link<K, R> link) {
    Pulling<K, R> pulling = link.pulling;
    return pulling != null && pulling.isOvertaken();
  }

  /**
   * Have others shown later writes of the peer than its own stream has brought? From a pull's end
   * on, nothing may be left out in between.
   */
  private boolean isBehindOthers(Link<K, R> link) {
    return !link.isPulled()
        && node.rules().keep(Rule.HOLD_UNTIL_CAUGHT_UP)
        && intake.hasHole(link.peer().identity());
  }

  /** Asks about newcomers, if there are any. */
  private boolean confirms(Link<K, R> link, Pulling<K, R> pulling) {
    if (!node.rules().keep(Rule.CONFIRM_NEWCOMERS)) {
      return false;
    }
    List<KeyVersion<K>> doubtful =
        pulling.ask(intake, ASKED_AT_ONCE, this::keyBytes, node.settings().chunkBytes());
    if (!doubtful.isEmpty()) {
      link.send(new Confirm<>(pulling.id(), doubtful));
    }
    return !doubtful.isEmpty();
  }

  /** Asks for records that were let go of, or waits for them, until all are here. */
  private boolean fetches(Link<K, R> link, Pulling<K, R> pulling) {
    Fetching<K, R> fetching = pulling.fetching();
    if (fetching.isDone() || !node.rules().keep(Rule.SHOW_ONLY_WITH_RECORDS)) {
      return false;
    }
    while (fetching.questions() < node.settings().chunksInFlight()) {
      List<KeyVersion<K>> next = fetching.next(this::keyBytes, node.settings().chunkBytes());
      if (next == null) {
        break;
      }
      link.send(new Fetch<>(pulling.id(), next));
    }
    if (fetching.questions() == 0) {
      table.linkAgain(link, "records of its own are missing there");
    }
    return true;
  }

  private int keyBytes(K key) {
    return keys.encode(key).length;
  }

  /**
   * Has this node's own stream from every origin that it has pulled from brought what is shown
   * here? So on joined nodes nothing overtakes its stream, and a write of many is never seen in
   * part for longer than it takes. The end makes known here what the base knew, so it waits for
   * that: there may have been no chunk.
   */
  private boolean caughtUp(Link<K, R> link, Held<K, R> message) {
    return switch (message) {
      case End<K, R> end -> {
        Pulling<K, R> pulling = pulling(link, end.id());
        Context<K> base = pulling == null ? null : pulling.base();
        yield base == null || caughtUp(base, List.of());
      }
      case Chunk<K, R> chunk -> caughtUp(chunk.context(), chunk.copies());
      case Confirmed<K, R> confirmed -> caughtUp(confirmed.context(), confirmed.copies());
      case Fetched<K, R> fetched -> caughtUp(fetched.context(), fetched.copies());
    };
  }

  private boolean caughtUp(Context<K> context, List<Copy<K, R>> copies) {
    Set<Incarnation> streaming = new HashSet<>();
    for (Link<K, R> link : links.all()) {
      if (link.isPulled()) {
        Incarnation origin = link.peer().identity();
        Intervals shown = context.seen().get(origin);
        if (shown != null && shown.last() > intake.unbroken(origin)) {
          return false;
        }
        streaming.add(origin);
      }
    }
    for (Copy<K, R> copy : copies) {
      for (CopiedVersion<R> version : copy.versions()) {
        if (streaming.contains(version.origin())
            && !intake.hasSeen(version.origin(), version.stamp())) {
          return false;
        }
      }
    }
    return true;
  }

  private @Nullable Pulling<K, R> pulling(Link<K, R> link, long id) {
    Pulling<K, R> pulling = link.pulling;
    return pulling != null && pulling.id() == id ? pulling : null;
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

  private static <K, R> Map<K, Copy<K, R>> byKey(List<Copy<K, R>> copies) {
    Map<K, Copy<K, R>> byKey = LinkedHashMap.newLinkedHashMap(copies.size());
    copies.forEach(copy -> byKey.put(copy.key(), copy));
    return byKey;
  }
}
