package dev.cets.replication;

import dev.cets.replication.LinkMessage.Leading.NotLeading;
import dev.cets.replication.LinkMessage.Leading.Present;
import dev.cets.replication.LinkMessage.Leading.Release;
import dev.cets.replication.LinkMessage.Leading.Reserve;
import dev.cets.replication.LinkMessage.Leading.Reserved;
import dev.cets.replication.LocalWrite.Item;
import dev.cets.replication.LocalWrite.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of writes that a leader serialises: asks it for the key, looks once more when
 * it is granted, writes as any other write is made, and lets go.
 *
 * <p>What makes the answer true is looked at when everybody has acknowledged the write, not when
 * the key was granted: a conditional write has won only if no other live version of the key beats
 * its own; else it takes its own back. Of two callers who stay joined at least the one who loses
 * sees the other's version then, because an acknowledgement tells how far the peer had written
 * itself, and the look waits for all of that. So one of them wins, whatever becomes of leaders.
 */
final class SerialWrites<K, R> {
  private final Replication node;
  private final TableReplica<K, R> table;
  private final Intake<K, R> intake;
  private final OwnWrites<K, R> own;
  private final Leadership<K, R> leadership;
  private final Reservations<K, R> reservations;
  private final Map<Long, Asked> asked = new LinkedHashMap<>();
  private final List<Written> written = new ArrayList<>();
  private long lastId;
  private boolean stuck;

  SerialWrites(
      Replication node,
      TableReplica<K, R> table,
      Intake<K, R> intake,
      OwnWrites<K, R> own,
      Leadership<K, R> leadership) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.own = own;
    this.leadership = leadership;
    this.reservations = new Reservations<>(node, intake, leadership, this::answer);
  }

  /** A caller's write that has to wait for its key. */
  private final class Asked {
    final long id = ++lastId;
    final LocalWrite<K, R> write;
    boolean asking;
    @Nullable Link<K, R> leader;
    @Nullable List<VersionId> granted;

    Asked(LocalWrite<K, R> write) {
      this.write = write;
    }

    Item<K, R> item() {
      return write.items().getFirst();
    }
  }

  /** A conditional write that was made; whether it won is not known yet. */
  private final class Written implements Call {
    final LocalWrite<K, R> write;
    final Incarnation self = node.self();
    final List<Link<K, R>> peers = table.links().open();
    long stamp;
    @Nullable Outcome applied;

    Written(LocalWrite<K, R> write) {
      this.write = write;
    }

    @Override
    public void ended(Outcome outcome) {
      if (!(outcome instanceof Outcome.Applied) || write.kind() == Kind.INSERT_SERIAL) {
        write.call().ended(outcome);
        return;
      }
      applied = outcome;
      written.add(this);
      node.gathered(table); // looked at when this turn ends
    }

    @Override
    public void released() {
      write.call().released();
    }
  }

  void begin(LocalWrite<K, R> write) {
    Asked call = new Asked(write);
    asked.put(call.id, call);
    ask(call);
  }

  private void ask(Asked call) {
    Link<K, R> leader = leadership.link();
    call.asking = true;
    call.leader = leader;
    call.granted = null;
    Item<K, R> item = call.item();
    long left = Math.max(1, call.write.deadlineNanos() - node.now());
    Reserve<K, R> reserve =
        new Reserve<>(call.id, item.key(), call.write.kind() == Kind.INSERT_NEW, left);
    if (leader == null) {
      reservations.reserve(null, reserve);
    } else {
      leader.send(reserve);
    }
  }

  private void answer(@Nullable Link<K, R> caller, LinkMessage.Leading<K, R> message) {
    if (caller == null) {
      received(null, message);
    } else if (!caller.closed()) {
      caller.send(message);
    }
  }

  /** From a peer, or without a link from this node itself. */
  void received(@Nullable Link<K, R> from, LinkMessage.Leading<K, R> message) {
    switch (message) {
      case Reserve<K, R> reserve -> reservations.reserve(from, reserve);
      case Release<K, R> release -> reservations.release(from, release);
      case Reserved<K, R> reserved -> {
        Asked call = asked(from, reserved);
        if (call != null) {
          call.granted = reserved.held();
          write(call);
        }
      }
      case Present<K, R> present -> {
        Asked call = asked(from, present);
        if (call != null) {
          end(call, new Outcome.Present(List.of(present.record())));
        }
      }
      case NotLeading<K, R> notLeading -> {
        Asked call = asked(from, notLeading);
        if (call != null) {
          call.asking = false; // once more with the next tick
          String of = from == null ? node.self().name() : from.peer().name();
          node.tell(new Event.NotLeading(table.definition().name(), of));
        }
      }
    }
  }

  /** The call that this answers; null if somebody else is asked by now, or nobody. */
  private @Nullable Asked asked(@Nullable Link<K, R> from, LinkMessage.Leading<K, R> answer) {
    Asked call = asked.get(answer.id());
    return call != null && call.asking && call.leader == from ? call : null;
  }

  /** The key is this caller's now: looks once more, and writes. */
  private void write(Asked call) {
    List<VersionId> held = call.granted;
    if (held == null || !knows(call.item(), held)) {
      stuck = held != null || stuck;
      return;
    }
    LiveVersions<K, R> live = intake.store().versions(call.item().key());
    R standing = live == null ? null : live.visible();
    Item<K, R> expected = call.write.expected();
    boolean goesOn =
        switch (call.write.kind()) {
          case INSERT_NEW -> standing == null;
          case REPLACE -> live != null && expected != null && own.isVisible(expected, live);
          default -> true;
        };
    if (!goesOn) {
      release(call, 0);
      end(call, new Outcome.Present(standing == null ? List.of() : List.of(standing)));
      return;
    }
    asked.remove(call.id);
    Written made = new Written(call.write);
    own.write(new LocalWrite<>(Kind.INSERT, call.write.items(), call.write.deadlineNanos(), made));
    made.stamp = own.lastStamp();
    release(call, made.stamp);
  }

  /** What the leader holds of the key is on its way here, if it has not been taken in. */
  private boolean knows(Item<K, R> item, List<VersionId> held) {
    if (!node.rules().keep(Rule.WRITE_AFTER_WHAT_THE_LEADER_HOLDS)) {
      return true;
    }
    for (VersionId version : held) {
      if (!intake.hasSeen(version.origin(), version.stamp())
          && !intake.drops(version.origin())
          && !intake.isLive(
              new KeyVersion<>(item.key(), item.hash(), version.origin(), version.stamp()))) {
        return false;
      }
    }
    return true;
  }

  private void release(Asked call, long stamp) {
    Release<K, R> release = new Release<>(call.id, call.item().key(), stamp);
    Link<K, R> leader = call.leader;
    if (!call.asking) {
      return;
    }
    if (leader == null) {
      reservations.release(null, release);
    } else if (leader.isOpen()) {
      leader.send(release);
    }
  }

  private void end(Asked call, Outcome outcome) {
    asked.remove(call.id);
    call.write.call().ended(outcome);
    call.write.call().released();
  }

  // ---- was it won?

  /** At the end of each turn: who has been acknowledged by all may have an answer. */
  void flush() {
    for (int i = 0; i < written.size(); ) {
      Written call = written.get(i);
      if (node.rules().keep(Rule.LOOK_WHEN_PEERS_WRITES_HAVE_COME) && !hasAllOfPeers(call)) {
        i++;
      } else {
        written.remove(i);
        look(call); // may add more
      }
    }
  }

  /** All that peers had written when they acknowledged. */
  private boolean hasAllOfPeers(Written call) {
    for (Link<K, R> link : call.peers) {
      if (link.isJoined()
          && !link.closed()
          && intake.unbroken(link.peer().identity()) < link.peerWrote()) {
        return false;
      }
    }
    return true;
  }

  private void look(Written call) {
    Item<K, R> item = call.write.items().getFirst();
    LiveVersions<K, R> live = intake.store().versions(item.key());
    Outcome applied = call.applied;
    if (applied == null || live == null || !isBeaten(call, live)) {
      call.write.call().ended(applied == null ? new Outcome.NotApplied("never applied") : applied);
      return;
    }
    R standing = live.visible();
    Outcome lost = new Outcome.Present(standing == null ? List.of() : List.of(standing));
    own.takeBack(
        item,
        new VersionId(call.self, call.stamp),
        call.write.deadlineNanos(),
        new Call() {
          @Override
          public void ended(Outcome anyhow) {
            call.write.call().ended(lost);
          }

          @Override
          public void released() {}
        });
  }

  private boolean isBeaten(Written call, LiveVersions<K, R> live) {
    if (!node.rules().keep(Rule.ANSWER_AT_COMPLETION)) {
      return false;
    }
    boolean stands = false;
    boolean beaten = false;
    for (int i = 0; i < live.count(); i++) {
      Version<R> version = live.version(i);
      Incarnation origin = version.origin().incarnation();
      if (version.stamp() == call.stamp && origin.equals(call.self)) {
        stands = true;
      } else if (version.shown() != null) {
        beaten |=
            version.stamp() > call.stamp
                || (version.stamp() == call.stamp && origin.compareTo(call.self) > 0);
      }
    }
    return stands && beaten; // one that no longer stands was replaced by who knew it
  }

  // ---- leaders come and go, and time passes

  /** Something was taken in, or a link closed. */
  void settle() {
    if (!written.isEmpty()) {
      node.gathered(table);
    }
    reservations.settle();
    if (stuck) {
      stuck = false;
      List.copyOf(asked.values()).forEach(this::write);
    }
  }

  void tick(long now) {
    settle();
    reservations.tick();
    for (Asked call : List.copyOf(asked.values())) {
      Link<K, R> leader = call.leader;
      if (call.write.deadlineNanos() <= now) {
        release(call, 0);
        end(
            call,
            new Outcome.NotApplied("the key was not granted by " + leadership.name() + " in time"));
      } else if (!call.asking || (leader != null && leader.closed())) {
        ask(call);
      }
    }
  }

  void close(String reason) {
    for (Asked call : List.copyOf(asked.values())) {
      end(call, new Outcome.NotApplied(reason));
    }
    for (Written call : List.copyOf(written)) {
      call.write.call().ended(new Outcome.Unknown(reason, Set.of()));
    }
    written.clear();
  }
}
