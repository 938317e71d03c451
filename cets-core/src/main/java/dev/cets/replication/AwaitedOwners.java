package dev.cets.replication;

import dev.cets.replication.LinkMessage.Chunk;
import dev.cets.replication.LinkMessage.Confirmed;
import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.replication.LinkMessage.End;
import dev.cets.replication.LinkMessage.Fetched;
import dev.cets.replication.LinkMessage.Held;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whose pull has to end before a message may be taken. A peer that has let go of records may show
 * versions without them, of an owner that it cannot see, but whose records are shown here: while
 * the owner's own link is about to bring them, taking the bare ones first would make keys vanish
 * and come back. So the message waits for that link, unless that one waits for this in turn.
 */
final class AwaitedOwners<K, R> {
  private final Intake<K, R> intake;
  private final Links<K, R> links;
  private final Consumer<Link<K, R>> hurry;
  private final Set<Incarnation> notAwaited = new HashSet<>();

  /**
   * None is waited for at first.
   *
   * @param hurry begins the pull of a link that waits for something else
   */
  AwaitedOwners(Intake<K, R> intake, Links<K, R> links, Consumer<Link<K, R>> hurry) {
    this.intake = intake;
    this.links = links;
    this.hurry = hurry;
  }

  /** Does this message of the link have to wait for a link with somebody else? That begins now. */
  boolean has(Link<K, R> link, Held<K, R> message) {
    for (Link<K, R> awaited : of(message)) {
      if (!leadsTo(link, awaited, new HashSet<>())) {
        hurry.accept(awaited);
        return true;
      }
      notAwaited.add(awaited.peer().identity());
    }
    return false;
  }

  /** The owners that were once not waited for, as they waited in turn; for checkers. */
  Set<Incarnation> notAwaited() {
    return notAwaited;
  }

  private boolean leadsTo(Link<K, R> end, Link<K, R> from, Set<Link<K, R>> passed) {
    if (from == end) {
      return true;
    }
    Held<K, R> next = from.held.peekFirst();
    if (next == null || !passed.add(from)) {
      return false;
    }
    for (Link<K, R> awaited : of(next)) {
      if (leadsTo(end, awaited, passed)) {
        return true;
      }
    }
    return false;
  }

  private Set<Link<K, R>> of(Held<K, R> message) {
    Set<Link<K, R>> awaited = Set.of();
    for (Copy<K, R> copy : copies(message)) {
      for (CopiedVersion<R> version : copy.versions()) {
        Link<K, R> link = version.bare() ? awaited(version) : null;
        if (link != null) {
          awaited = awaited.isEmpty() ? new HashSet<>() : awaited;
          awaited.add(link);
        }
      }
    }
    return awaited;
  }

  private @Nullable Link<K, R> awaited(CopiedVersion<R> version) {
    Origin owner = intake.known(version.origin());
    if (owner == null || !owner.visible() || owner.hasSeen(version.stamp())) {
      return null;
    }
    for (Link<K, R> link : links.all()) {
      if (link.peer().identity().equals(version.origin())) {
        return link.isPulled() || link.isRefused() || link.waitsForHandlers() ? null : link;
      }
    }
    return null;
  }

  private static <K, R> List<Copy<K, R>> copies(Held<K, R> message) {
    return switch (message) {
      case Chunk<K, R> chunk -> chunk.copies();
      case Confirmed<K, R> confirmed -> confirmed.copies();
      case Fetched<K, R> fetched -> fetched.copies();
      case End<K, R> end -> List.of();
    };
  }
}
