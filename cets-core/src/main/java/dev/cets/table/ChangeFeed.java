package dev.cets.table;

import dev.cets.replication.Cause;
import dev.cets.replication.Rule;
import dev.cets.replication.Rules;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The subscribers of one table, and the changes that go to each of them. */
public final class ChangeFeed<K, R> implements ChangeSink<K, R> {
  private final WriteQueue queue;
  private final Rules rules;
  private final Supplier<Stream<R>> records;
  private final List<Delivery<K, R>> deliveries = new CopyOnWriteArrayList<>();
  private volatile @Nullable Translation<K, R> translation;
  private final AtomicLong gaps = new AtomicLong();
  private volatile boolean closed;

  /** Another feed, and what turns the changes of this one into changes of that one. */
  private record Translation<K, R>(ChangeFeed<?, ?> feed, ChangeSink<K, R> sink) {}

  ChangeFeed(WriteQueue queue, Rules rules, Supplier<Stream<R>> records) {
    this.queue = queue;
    this.rules = rules;
    this.records = records;
  }

  /**
   * Tells every change from now on; after a gap, those that come while the subscriber reads the
   * table again.
   *
   * @param executor null: a virtual thread as long as there is something to tell
   * @param maxEvents how many changes may wait
   */
  public Delivery<K, R> listen(
      ChangeSubscriber<K, R> subscriber, @Nullable Executor executor, int maxEvents) {
    return add(new Delivery<>(this, subscriber, orDefault(executor), maxEvents, false));
  }

  /**
   * Tells all records, then every change after that moment; after a gap, the same again.
   *
   * @param executor null: a virtual thread as long as there is something to tell
   * @param maxEvents how many changes may wait
   */
  public Delivery<K, R> subscribe(
      ChangeSubscriber<K, R> subscriber, @Nullable Executor executor, int maxEvents) {
    Delivery<K, R> delivery =
        add(new Delivery<>(this, subscriber, orDefault(executor), maxEvents, true));
    submitSnapshot(delivery);
    return delivery;
  }

  /**
   * A feed of the same table that is told of these changes in other words. There is one at most.
   *
   * @param otherRecords what a snapshot of it holds
   * @param translator turns changes of this feed into changes of that one
   */
  <L, S> ChangeFeed<L, S> translated(
      Supplier<Stream<S>> otherRecords,
      Function<? super ChangeSink<L, S>, ? extends ChangeSink<K, R>> translator) {
    ChangeFeed<L, S> other = new ChangeFeed<>(queue, rules, otherRecords);
    translation = new Translation<>(other, translator.apply(other));
    if (closed) {
      other.close();
    }
    return other;
  }

  private Executor orDefault(@Nullable Executor executor) {
    return executor == null ? queue.loop().blocking() : executor;
  }

  private Delivery<K, R> add(Delivery<K, R> delivery) {
    deliveries.add(delivery);
    if (closed) {
      delivery.tableClosed();
    }
    return delivery;
  }

  void remove(Delivery<K, R> delivery) {
    deliveries.remove(delivery);
  }

  /** Nothing changes while the loop looks, so there is neither a hole nor a double behind it. */
  void submitSnapshot(Delivery<K, R> delivery) {
    queue.submit(
        () -> {
          if (!closed) {
            delivery.snapshot(records.get().toList());
          }
        });
  }

  void later(Runnable task, long delayNanos) {
    if (closed) {
      return;
    }
    try {
      queue.loop().schedule(task, delayNanos);
    } catch (RejectedExecutionException e) {
      closed = true; // the loop has ended: nothing changes any more
    }
  }

  boolean tellsGaps() {
    return rules.keep(Rule.TELL_GAPS);
  }

  void gap() {
    gaps.incrementAndGet();
  }

  /** How many gaps those who are told had so far. */
  public long gaps() {
    Translation<K, R> other = translation;
    return gaps.get() + (other == null ? 0 : other.feed().gaps());
  }

  /** How many are told. */
  public int subscribers() {
    Translation<K, R> other = translation;
    return deliveries.size() + (other == null ? 0 : other.feed().subscribers());
  }

  // ---- on the loop

  @Override
  public boolean wanted() {
    Translation<K, R> other = translation;
    return !deliveries.isEmpty() || (other != null && other.sink().wanted());
  }

  @Override
  public void changed(K key, @Nullable R before, @Nullable R after, Cause cause) {
    if (cause == Cause.NODE_DOWN && !rules.keep(Rule.HIDE_AS_EVENTS)) {
      return;
    }
    for (Delivery<K, R> delivery : deliveries) {
      delivery.changed(key, before, after, cause);
    }
    Translation<K, R> other = translation;
    if (other != null) {
      other.sink().changed(key, before, after, cause);
    }
  }

  /** The table was closed. */
  void close() {
    closed = true;
    deliveries.forEach(Delivery::tableClosed);
    deliveries.clear();
    Translation<K, R> other = translation;
    if (other != null) {
      other.feed().close();
    }
  }
}
