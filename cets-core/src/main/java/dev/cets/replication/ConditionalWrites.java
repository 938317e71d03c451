package dev.cets.replication;

import dev.cets.replication.LocalWrite.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes on a condition that were made, until it is known whether they won.
 *
 * <p>That is looked at when everybody has acknowledged the write, not when the leader granted the
 * key: it has won only if no other live version of the group beats its own; else it takes its own
 * back. Of two callers who stay joined at least the one who loses sees the other's version then,
 * because an acknowledgement tells how far the peer had written itself, and the look waits for all
 * of that. So one of them wins, whatever becomes of leaders.
 */
final class ConditionalWrites<K, R> {
  private final Replication node;
  private final TableReplica<K, R> table;
  private final Intake<K, R> intake;
  private final OwnWrites<K, R> own;
  private final Standing<K, R> standing;
  private List<Made> acknowledged = new ArrayList<>();

  ConditionalWrites(
      Replication node,
      TableReplica<K, R> table,
      Intake<K, R> intake,
      OwnWrites<K, R> own,
      Standing<K, R> standing) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.own = own;
    this.standing = standing;
  }

  private final class Made implements Call {
    final LocalWrite<K, R> write;
    final Incarnation self = node.self();
    final List<Link<K, R>> peers = table.links().open();
    long stamp;
    @Nullable Outcome applied;

    Made(LocalWrite<K, R> write) {
      this.write = write;
    }

    Item<K, R> item() {
      return write.items().getFirst();
    }

    @Override
    public void ended(Outcome outcome) {
      if (outcome instanceof Outcome.Applied) {
        applied = outcome;
        acknowledged.add(this);
        node.gathered(table); // looked at when this turn ends
      } else {
        write.call().ended(outcome);
      }
    }

    @Override
    public void released() {
      write.call().released();
    }
  }

  /** Writes, now that nothing is in the way here; the call ends when it is known who won. */
  void write(LocalWrite<K, R> write) {
    Made made = new Made(write);
    own.write(new LocalWrite<>(LocalWrite.Kind.INSERT, write.items(), write.deadlineNanos(), made));
    made.stamp = own.lastStamp();
  }

  /** Something was taken in, or a link closed. */
  void settle() {
    if (!acknowledged.isEmpty()) {
      node.gathered(table);
    }
  }

  /** At the end of each turn: who has been acknowledged by all may have an answer. */
  void flush() {
    boolean looked = true;
    while (looked && !acknowledged.isEmpty()) {
      List<Made> due = acknowledged;
      acknowledged = new ArrayList<>();
      looked = false;
      for (Made made : due) {
        if (node.rules().keep(Rule.LOOK_WHEN_PEERS_WRITES_HAVE_COME) && !hasAllOfPeers(made)) {
          acknowledged.add(made);
        } else {
          looked = true;
          look(made); // may add more
        }
      }
    }
  }

  /** A peer's stream may be far behind its word: nobody waits for it beyond his deadline. */
  void tick(long now) {
    for (Made made : List.copyOf(acknowledged)) {
      if (made.write.deadlineNanos() <= now && !hasAllOfPeers(made)) {
        acknowledged.remove(made);
        made.write
            .call()
            .ended(
                new Outcome.Unknown(
                    "it was not known who won, and the deadline passed", behind(made)));
      }
    }
  }

  /** All that peers had written when they acknowledged. */
  private boolean hasAllOfPeers(Made made) {
    return made.peers.stream().noneMatch(this::isBehind);
  }

  /** The peers whose earlier writes have not all come here. */
  private Set<String> behind(Made made) {
    Set<String> names = new TreeSet<>();
    made.peers.stream().filter(this::isBehind).forEach(link -> names.add(link.peer().name()));
    return names;
  }

  private boolean isBehind(Link<K, R> link) {
    return link.isPulled()
        && !link.closed()
        && intake.unbroken(link.peer().identity()) < link.peerWrote();
  }

  private void look(Made made) {
    VersionId version = new VersionId(made.self, made.stamp);
    Outcome applied = made.applied;
    if (applied == null
        || !node.rules().keep(Rule.ANSWER_AT_COMPLETION)
        || !standing.isBeaten(made.item().key(), version)) {
      made.write.call().ended(applied == null ? new Outcome.NotApplied("never applied") : applied);
    } else {
      takeBack(made, version);
    }
  }

  /** The loser is told what stands without its own, or what did if all of that went meanwhile. */
  private void takeBack(Made made, VersionId version) {
    K group = intake.store().group(made.item().key());
    List<Object> before = standing.all(group);
    own.takeBack(
        made.item(),
        version,
        made.write.deadlineNanos(),
        new Call() {
          @Override
          public void ended(Outcome anyhow) {
            List<Object> rest = standing.all(group);
            made.write.call().ended(new Outcome.Present(rest.isEmpty() ? before : rest));
          }

          @Override
          public void released() {}
        });
  }

  void close(String reason) {
    for (Made made : List.copyOf(acknowledged)) {
      made.write.call().ended(new Outcome.Unknown(reason, Set.of()));
    }
    acknowledged.clear();
  }
}
