package dev.cets.replication;

import dev.cets.replication.WriteLog.Pending;
import dev.cets.wire.Envelope;
import dev.cets.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sends this node's own writes over one link, in order. The first goes out at once; while a few
 * batches are unacknowledged, the next writes gather, so that frames grow with the load and a
 * single writer does not wait.
 */
final class Sending<K, R> {
  private final Link<K, R> link;
  private final WriteLog<K, R> log;
  private final Settings settings;
  private final Deque<Long> batches = new ArrayDeque<>();
  private long began;
  private long next;
  private long sent;
  private long lastSent;
  private long acknowledged;
  private long movedNanos;

  Sending(Link<K, R> link, WriteLog<K, R> log, Settings settings) {
    this.link = link;
    this.log = log;
    this.settings = settings;
  }

  /** From here on everything goes out; what came before travels by the other side's pull. */
  void begin() {
    began = log.end();
    next = began;
  }

  /** The stamp of the last write that went out. */
  long lastSent() {
    return lastSent;
  }

  /** The stamp up to which the other side has taken in everything. */
  long acknowledged() {
    return acknowledged;
  }

  void acknowledged(long stamp, long nowNanos) {
    acknowledged = Math.max(acknowledged, Math.min(stamp, lastSent));
    while (!batches.isEmpty() && batches.peekFirst() <= acknowledged) {
      batches.removeFirst();
      movedNanos = nowNanos;
    }
  }

  /** How many writes, and how many of their bytes, the other side has not acknowledged. */
  long[] unacknowledged() {
    long writes = 0;
    long bytes = 0;
    for (long number = log.end() - 1; number >= Math.max(began, log.first()); number--) {
      Pending<K, R> pending = log.get(number);
      if (pending.stamp <= acknowledged) {
        break;
      }
      writes++;
      bytes += pending.bytes.length;
    }
    return new long[] {writes, bytes};
  }

  boolean standsStill(long nowNanos) {
    return !batches.isEmpty() && nowNanos - movedNanos > settings.progressLimit().toNanos();
  }

  void flush(long nowNanos) {
    while (next < log.end()
        && batches.size() < settings.batchesInFlight()
        && link.peer().connection().writable()) {
      if (batches.isEmpty()) {
        movedNanos = nowNanos;
      }
      sendBatch();
      batches.addLast(lastSent);
    }
  }

  /** Sends all that is left: nobody will be here when the acknowledgements come. */
  void sendRest() {
    while (next < log.end()) {
      sendBatch();
    }
  }

  private void sendBatch() {
    WriteLog.Batch batch = log.batch(next, settings.batchBytes());
    byte[] writes = batch.bytes();
    WireWriter frame = LinkCodec.beginWrites(link.yours(), link.mine(), ++sent, writes.length);
    frame.putRaw(writes, 0, writes.length);
    next = batch.end();
    lastSent = batch.lastStamp();
    link.peer().connection().send(Envelope.end(frame));
  }
}
