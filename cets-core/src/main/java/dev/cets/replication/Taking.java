package dev.cets.replication;

import dev.cets.replication.LinkMessage.Base;
import dev.cets.replication.LinkMessage.Chunk;
import dev.cets.replication.LinkMessage.ChunkTaken;
import dev.cets.replication.LinkMessage.Confirmed;
import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.replication.LinkMessage.End;
import dev.cets.replication.LinkMessage.Fetched;
import dev.cets.replication.LinkMessage.Held;
import dev.cets.spi.Codec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Takes what the peer answers in a pull, see {@link Transfers}: all in its order, and each part
 * when the streams have brought what it shows.
 */
final class Taking<K, R> {
  private static final int MAX_HELD = 100;

  private final Replication node;
  private final TableReplica<K, R> table;
  private final Intake<K, R> intake;
  private final Links<K, R> links;
  private final Comparing<K, R> comparing;
  private final AwaitedOwners<K, R> awaitedOwners;
  private final Asking<K, R> asking;
  private final Codec<K> keys;
  private final BiConsumer<Link<K, R>, Pulling<K, R>> ended;

  /**
   * Of all links of a table.
   *
   * @param ended told of each pull whose last part has been taken
   */
  Taking(
      Replication node,
      TableReplica<K, R> table,
      Intake<K, R> intake,
      Links<K, R> links,
      Comparing<K, R> comparing,
      AwaitedOwners<K, R> awaitedOwners,
      Asking<K, R> asking,
      BiConsumer<Link<K, R>, Pulling<K, R>> ended) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.links = links;
    this.comparing = comparing;
    this.awaitedOwners = awaitedOwners;
    this.asking = asking;
    this.keys = table.definition().keyCodec();
    this.ended = ended;
  }

  void base(Link<K, R> link, Base<K, R> base) {
    Pulling<K, R> pulling = link.pulling(base.id());
    if (pulling != null) {
      pulling.base(base.context());
      pulling.moved(node.now());
    }
  }

  void hold(Link<K, R> link, Held<K, R> message) {
    Pulling<K, R> pulling = link.pulling(message.id());
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
      Pulling<K, R> pulling = link.pulling(next.id());
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
        Map<K, Copy<K, R>> theirs = byKey(chunk.copies());
        List<HashRange> unclear =
            intake.merging().unclear(chunk.rests(), theirs.keySet(), chunk.context());
        List<K> held = intake.merging().suspects(chunk.part(), chunk.context(), keys);
        boolean known = comparing.isKnown(pulling, chunk.context(), chunk.copies());
        pulling.changed(intake.merging().compare(held, theirs, chunk.context(), link), known);
        pulling.chunkTaken();
        pulling.progress.taken(
            chunk.copies().size(), chunk.records(), chunk.encoded(), chunk.left());
        link.send(new ChunkTaken<>(chunk.id(), chunk.number(), unclear));
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
    if (pulling.isAsking() || asking.confirms(link, pulling) || asking.fetches(link, pulling)) {
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
    ended.accept(link, pulling);
    takeHeld();
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

  /**
   * Has this node's own stream from every origin that it has pulled from brought what is shown
   * here? So on joined nodes nothing overtakes its stream, and a write of many is never seen in
   * part for longer than it takes. The end makes known here what the base knew, so it waits for
   * that: there may have been no chunk.
   */
  private boolean caughtUp(Link<K, R> link, Held<K, R> message) {
    return switch (message) {
      case End<K, R> end -> {
        Pulling<K, R> pulling = link.pulling(end.id());
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

  private static <K, R> Map<K, Copy<K, R>> byKey(List<Copy<K, R>> copies) {
    Map<K, Copy<K, R>> byKey = LinkedHashMap.newLinkedHashMap(copies.size());
    copies.forEach(copy -> byKey.put(copy.key(), copy));
    return byKey;
  }
}
