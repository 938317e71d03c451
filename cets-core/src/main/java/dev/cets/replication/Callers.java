package dev.cets.replication;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What callers of this node want of a table besides reading it: writes, pings, pauses, dumps. */
public final class Callers<K, R> {
  private final Replication node;
  private final TableReplica<K, R> table;
  private final OwnWrites<K, R> own;
  private final SerialWrites<K, R> serial;
  private final Pings<K, R> pings;
  private final Pauses<K, R> pauses;
  private final FarPauses<K, R> farPauses;
  private final Dumps<K, R> dumps;

  Callers(
      Replication node,
      TableReplica<K, R> table,
      OwnWrites<K, R> own,
      SerialWrites<K, R> serial,
      Dumps<K, R> dumps,
      Pauses<K, R> pauses,
      FarPauses<K, R> farPauses) {
    this.dumps = dumps;
    this.pauses = pauses;
    this.farPauses = farPauses;
    this.node = node;
    this.table = table;
    this.own = own;
    this.serial = serial;
    this.pings = new Pings<>(node.self().name(), node.rules());
  }

  void write(LocalWrite<K, R> write) {
    if (pauses.isPaused()
        && write.kind() != LocalWrite.Kind.BARRIER
        && node.rules().keep(Rule.WAIT_WHILE_PAUSED)) {
      pauses.add(write);
    } else {
      writeNow(write);
    }
  }

  void writeNow(LocalWrite<K, R> write) {
    if (write.kind().isSerial()) {
      serial.begin(write);
    } else {
      own.write(write);
    }
    node.gathered(table);
  }

  /**
   * The call ends when this peer has taken in all that this node wrote before.
   *
   * @param call ends not applied if the table is not linked with that node
   */
  public void ping(String peer, long deadlineNanos, Call call) {
    Link<K, R> link = openLink(peer);
    if (link == null) {
      refuse(call, notLinked(peer));
    } else {
      own.write(new LocalWrite<>(LocalWrite.Kind.BARRIER, List.of(), deadlineNanos, Call.NONE));
      pings.add(link, own.lastStamp(), deadlineNanos, call);
      node.gathered(table);
    }
  }

  /**
   * Asks this peer for all records that its readers see.
   *
   * @param call fails at once if the table is not linked with that node
   */
  public void dump(String peer, long deadlineNanos, DumpCall<K, R> call) {
    Link<K, R> link = openLink(peer);
    if (link == null) {
      call.failed(notLinked(peer));
    } else {
      dumps.ask(link, null, deadlineNanos, call);
    }
  }

  private @Nullable Link<K, R> openLink(String peer) {
    for (Link<K, R> link : table.links().all()) {
      if (link.isOpen() && link.peer().name().equals(peer)) {
        return link;
      }
    }
    return null;
  }

  private String notLinked(String peer) {
    return "table "
        + table.definition().name()
        + " is not linked with node "
        + peer
        + "; its links are "
        + table.figures().linkStates();
  }

  /**
   * Holds back the writes of this node's callers until {@link #resume}, or this time.
   *
   * @return why it does not, or null
   */
  public @Nullable String pause(long id, String holder, long untilNanos) {
    String refusal = tooManyPauses();
    if (refusal == null) {
      pauses.hold(id, holder, untilNanos);
    }
    return refusal;
  }

  /**
   * As {@link #pause}, here and on every node that the table is linked with by then. The call ends
   * when all of them do so, and what their callers wrote before is here.
   */
  public void pauseAll(long id, String holder, long untilNanos, long deadlineNanos, Call call) {
    String refusal = pause(id, holder, untilNanos);
    if (refusal == null) {
      farPauses.hold(id, holder, null, untilNanos, deadlineNanos, new Ending(id, call));
    } else {
      refuse(call, refusal);
    }
  }

  /** As {@link #pauseAll}, on one other node alone. */
  public void pauseOf(
      String peer, long id, String holder, long untilNanos, long deadlineNanos, Call call) {
    String refusal = openLink(peer) == null ? notLinked(peer) : tooManyPauses();
    if (refusal == null) {
      farPauses.hold(id, holder, peer, untilNanos, deadlineNanos, call);
    } else {
      refuse(call, refusal);
    }
  }

  /** A pause that does not come to hold everywhere ends here as well. */
  private final class Ending implements Call {
    private final long id;
    private final Call call;

    Ending(long id, Call call) {
      this.id = id;
      this.call = call;
    }

    @Override
    public void ended(Outcome outcome) {
      if (!(outcome instanceof Outcome.Applied)) {
        pauses.release(id);
      }
      call.ended(outcome);
    }

    @Override
    public void released() {
      call.released();
    }
  }

  private static void refuse(Call call, String reason) {
    call.ended(new Outcome.NotApplied(reason));
    call.released();
  }

  private @Nullable String tooManyPauses() {
    Set<Long> ids = farPauses.ids();
    ids.addAll(pauses.ids());
    int most = node.settings().maxPauses();
    return ids.size() < most
        ? null
        : "callers of this node hold "
            + ids.size()
            + " pauses of table "
            + table.definition().name()
            + "; "
            + most
            + " are allowed";
  }

  /** Ends a pause, if it has not ended yet. */
  public void resume(long id) {
    pauses.release(id);
    farPauses.release(id);
    node.gathered(table);
  }

  /** Who holds the table, for a person. */
  public List<String> pauseHolders() {
    return pauses.names();
  }

  /** How many writes wait for the end of a pause. */
  public int pausedWrites() {
    return pauses.size();
  }

  /** The nodes that writes wait for: to acknowledge them, or as their leader. */
  public Set<String> notAnswered() {
    Set<String> names = new TreeSet<>(own.notAnswered());
    names.addAll(serial.notAnswered());
    return names;
  }

  /** Acknowledgements came, or links ended. */
  void settle() {
    pings.settle();
    farPauses.settle();
  }

  void tick(long now) {
    pings.tick(now);
    pauses.tick(now);
    farPauses.tick(now);
  }

  void close(String reason) {
    pings.close(reason);
    farPauses.close(reason);
    pauses.close(reason);
  }
}
