package dev.cets.jgroups;

import dev.cets.spi.EventLoop;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * What JGroups' threads tell, on its way to the loop. They never wait here: a receiving thread that
 * waits can hold up two nodes that flood each other. What a member sends beyond what it may have
 * under way is dropped, which ends its connection; peers that keep to the rules never come near.
 */
final class Handover implements Medium.Events {
  /** So much of one member may wait for the loop: what may be under way, and the handshakes. */
  static final long MAX_WAITING_BYTES = Outflow.MAX_IN_FLIGHT_BYTES + 1024 * 1024L;

  /** What a message costs beside its bytes. */
  private static final int MESSAGE_BYTES = 200;

  /** So many messages are taken in one turn of the loop. */
  private static final int MESSAGES_PER_TURN = 64;

  private final EventLoop loop;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean planned = new AtomicBoolean();
  private final ConcurrentMap<Address, AtomicLong> waitingBytes = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();

  /** On the loop only. */
  private @Nullable Switchboard board;

  Handover(EventLoop loop) {
    this.loop = loop;
  }

  /** From here on things are handed over; what came before has waited. On the loop. */
  void begin(Switchboard to) {
    board = to;
    drain();
  }

  /** How many messages were dropped. */
  long dropped() {
    return dropped.sum();
  }

  @Override
  public void received(Address from, byte[] array, int offset, int length) {
    AtomicLong bytes = waitingBytes.computeIfAbsent(from, any -> new AtomicLong());
    long cost = length + (long) MESSAGE_BYTES;
    if (bytes.addAndGet(cost) > MAX_WAITING_BYTES) {
      bytes.addAndGet(-cost);
      dropped.increment();
      return;
    }
    put(
        () -> {
          bytes.addAndGet(-cost);
          if (board != null) {
            board.received(from, ByteBuffer.wrap(array, offset, length));
          }
        });
  }

  @Override
  public void members(Set<Address> members) {
    put(
        () -> {
          waitingBytes
              .entrySet()
              .removeIf(entry -> entry.getValue().get() == 0 && !members.contains(entry.getKey()));
          if (board != null) {
            board.members(members);
          }
        });
  }

  @Override
  public void suspected(Address peer, String reason) {
    put(
        () -> {
          if (board != null) {
            board.suspected(peer, reason);
          }
        });
  }

  @Override
  public void gone(Address peer, String reason) {
    put(
        () -> {
          if (board != null) {
            board.gone(peer, reason);
          }
        });
  }

  @Override
  public void ended(String reason) {
    put(
        () -> {
          if (board != null) {
            board.channelEnded(reason);
          }
        });
  }

  private void put(Runnable task) {
    waiting.add(task);
    plan();
  }

  private void plan() {
    if (planned.compareAndSet(false, true)) {
      try {
        loop.execute(this::drain);
      } catch (RejectedExecutionException e) {
        waiting.clear(); // closed; nobody wants it any more
      }
    }
  }

  private void drain() {
    if (board == null) {
      planned.set(false);
      return; // see begin()
    }
    planned.set(false);
    for (int i = 0; i < MESSAGES_PER_TURN; i++) {
      Runnable task = waiting.poll();
      if (task == null) {
        return;
      }
      task.run();
    }
    plan();
  }
}
