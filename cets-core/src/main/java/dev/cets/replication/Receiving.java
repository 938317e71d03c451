package dev.cets.replication;

import dev.cets.replication.LinkMessage.Ack;
import dev.cets.replication.LinkMessage.Writes;
import java.util.ArrayList;
import java.util.List;

/** Takes in the writes of peers that come on a table's links, and acknowledges them. */
final class Receiving<K, R> {
  private final Replication node;
  private final TableReplica<K, R> table;
  private final Intake<K, R> intake;
  private final OwnWrites<K, R> own;
  private final List<Runnable> late = new ArrayList<>();

  Receiving(Replication node, TableReplica<K, R> table, Intake<K, R> intake, OwnWrites<K, R> own) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.own = own;
  }

  void writes(Link<K, R> link, Writes<K, R> batch) {
    if (batch.writes().isEmpty()) {
      return;
    }
    if (isBehindALostOne(link, batch)) {
      return;
    }
    long last = batch.writes().getLast().stamp();
    link.received(batch.number(), last);
    if (!node.rules().keep(Rule.TAKE_IN_BEFORE_ACKNOWLEDGING)) {
      link.send(new Ack<>(last, own.lastStamp()));
      late.add(() -> takeIn(link, batch));
      return;
    }
    if (takeIn(link, batch)) {
      link.send(new Ack<>(last, own.lastStamp()));
    }
    table.settle();
  }

  /** Says whether there is no hole before these writes. */
  private boolean takeIn(Link<K, R> link, Writes<K, R> batch) {
    Incarnation origin = link.peer().identity();
    intake.store().because(Cause.REMOTE);
    for (Write<K, R> write : batch.writes()) {
      if (!intake.hasSeen(origin, write.stamp())) {
        intake.takeIn(origin, write);
      }
    }
    return !hasHole(link, batch.writes().getLast().stamp());
  }

  /**
   * A link carries all of its sender's writes from its beginning on, one after the other. Were one
   * of them missed while the link is not joined yet, acknowledging the next would tell of both. The
   * writes themselves cannot show it of the first: what came before the link has not come either.
   */
  private boolean isBehindALostOne(Link<K, R> link, Writes<K, R> batch) {
    boolean lost = batch.number() > link.receivedBatch() + 1;
    return mended(link, lost && node.rules().keep(Rule.MISS_NOTHING_WHILE_JOINING));
  }

  /**
   * Is there a hole before the last write that this link brought? To be asked when a pull has
   * ended: what came before the link is known then, and the link may be joined.
   */
  boolean hasHole(Link<K, R> link) {
    boolean hole = intake.unbroken(link.peer().identity()) < link.received();
    return mended(link, hole && node.rules().keep(Rule.MISS_NOTHING_WHILE_JOINING));
  }

  /** Is this stamp behind a write that has not come? Then the link begins anew. */
  boolean hasHole(Link<K, R> link, long stamp) {
    return mended(link, link.isPulled() && intake.unbroken(link.peer().identity()) < stamp);
  }

  private boolean mended(Link<K, R> link, boolean hole) {
    if (hole && node.rules().keep(Rule.MEND_HOLES)) {
      table.linkAgain(link, "a write is missing");
      return true;
    }
    return false;
  }

  /** What must not happen: see {@link Rule#TAKE_IN_BEFORE_ACKNOWLEDGING}. */
  void tick() {
    if (!late.isEmpty()) {
      List<Runnable> due = List.copyOf(late);
      late.clear();
      due.forEach(Runnable::run);
    }
  }
}
