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
 * The caller's side of writes that a leader serialises: asks it for the key (of a bag for the group
 * of all elements of its key), looks once more when it is granted, writes as any other write is
 * made, and lets go. What it answers to a write on a condition is a matter of {@link
 * ConditionalWrites}.
 */
final class SerialWrites<K, R> {
  private final Replication node;
  private final TableReplica<K, R> table;
  private final Intake<K, R> intake;
  private final OwnWrites<K, R> own;
  private final Leadership<K, R> leadership;
  private final Standing<K, R> standing;
  private final Dumps<K, R> dumps;
  private final Pauses<K, R> pauses;
  private final ConditionalWrites<K, R> conditional;
  private final Reservations<K, R> reservations;
  private final Map<Long, Asked> asked = new LinkedHashMap<>();
  private long lastId;
  private boolean stuck;

  SerialWrites(
      Replication node,
      TableReplica<K, R> table,
      Intake<K, R> intake,
      OwnWrites<K, R> own,
      Leadership<K, R> leadership,
      Dumps<K, R> dumps,
      Pauses<K, R> pauses) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.own = own;
    this.leadership = leadership;
    this.standing = new Standing<>(table.definition(), intake.store());
    this.dumps = dumps;
    this.pauses = pauses;
    this.conditional = new ConditionalWrites<>(node, table, intake, own, standing);
    this.reservations = new Reservations<>(node, intake, standing, leadership, this::answer);
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

    K group() {
      return intake.store().group(item().key());
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
    long left = Math.max(1, call.write.deadlineNanos() - node.now());
    Reserve<K, R> reserve =
        new Reserve<>(call.id, call.group(), call.write.kind() == Kind.INSERT_NEW, left);
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
          present(call, present.record());
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

  /**
   * The leader has records of the group: one that it told, or those that are seen here as well, or
   * those that it shows when it is asked.
   */
  private void present(Asked call, @Nullable R told) {
    List<?> seen = told != null ? List.of(told) : standing.all(call.group());
    Link<K, R> leader = call.leader;
    if (!seen.isEmpty()) {
      end(call, new Outcome.Present(seen));
    } else if (leader == null) {
      call.asking = false;
    } else {
      dumps.ask(leader, call.group(), call.write.deadlineNanos(), new Shown(call, leader));
    }
  }

  /** What the leader shows of a group. If that is nothing by now, the caller asks once more. */
  private final class Shown implements DumpCall<K, R> {
    private final Asked call;
    private final Link<K, R> leader;
    private final List<Object> seen = new ArrayList<>();

    Shown(Asked call, Link<K, R> leader) {
      this.call = call;
      this.leader = leader;
    }

    private boolean isWaitedFor() {
      return asked.get(call.id) == call && call.asking && call.leader == leader;
    }

    @Override
    public void shown(K key, R record) {
      standing.add(key, record, seen);
    }

    @Override
    public void done() {
      if (isWaitedFor() && !seen.isEmpty()) {
        end(call, new Outcome.Present(List.copyOf(seen)));
      } else {
        failed("nothing stands any more");
      }
    }

    @Override
    public void failed(String reason) {
      if (isWaitedFor()) {
        call.asking = false; // once more with the next tick
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
    if (pauses.isPaused()) { // it asks again afterwards: who else wants the key need not wait
      release(call, 0);
      call.asking = false;
      return;
    }
    if (!goesOn(call)) {
      release(call, 0);
      end(call, new Outcome.Present(standing.all(call.group())));
      return;
    }
    asked.remove(call.id);
    LocalWrite<K, R> wanted = call.write;
    if (wanted.kind() == Kind.INSERT_SERIAL) {
      own.write(
          new LocalWrite<>(Kind.INSERT, wanted.items(), wanted.deadlineNanos(), wanted.call()));
    } else {
      conditional.write(wanted);
    }
    release(call, own.lastStamp());
    node.gathered(table); // whatever it was that let it at the key
  }

  private boolean goesOn(Asked call) {
    Item<K, R> expected = call.write.expected();
    return switch (call.write.kind()) {
      case INSERT_NEW -> !standing.isAny(call.group());
      case REPLACE -> expected != null && isVisible(expected);
      default -> true;
    };
  }

  private boolean isVisible(Item<K, R> expected) {
    LiveVersions<K, R> live = intake.store().versions(expected.key());
    return live != null && own.isVisible(expected, live);
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
    Release<K, R> release = new Release<>(call.id, call.group(), stamp);
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

  /** The leader, if calls wait for it. */
  Set<String> notAnswered() {
    return asked.isEmpty() ? Set.of() : Set.of(leadership.name());
  }

  // ---- leaders come and go, and time passes

  /** Something was taken in, or a link closed. */
  void settle() {
    conditional.settle();
    reservations.settle();
    if (stuck) {
      stuck = false;
      List.copyOf(asked.values()).forEach(this::write);
    }
  }

  /** At the end of each turn. */
  void flush() {
    conditional.flush();
  }

  void tick(long now) {
    settle();
    reservations.tick();
    conditional.tick(now);
    for (Asked call : List.copyOf(asked.values())) {
      Link<K, R> leader = call.leader;
      if (call.write.deadlineNanos() <= now) {
        release(call, 0);
        end(call, new Outcome.NotApplied(whyLate()));
      } else if (!pauses.isPaused() && (!call.asking || (leader != null && leader.closed()))) {
        ask(call);
      }
    }
  }

  private String whyLate() {
    return pauses.isPaused()
        ? "table "
            + table.definition().name()
            + " was paused until the deadline by "
            + pauses.names()
        : "the key was not granted by " + leadership.name() + " in time";
  }

  void close(String reason) {
    for (Asked call : List.copyOf(asked.values())) {
      end(call, new Outcome.NotApplied(reason));
    }
    conditional.close(reason);
  }
}
