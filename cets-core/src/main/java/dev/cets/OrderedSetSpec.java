package dev.cets;

import dev.cets.spi.Codec;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.Function;

/** What an {@link OrderedSetTable} is; made by {@link TableSpec#orderedSet}. */
public final class OrderedSetSpec<K, R> extends TableSpec<K, R> {
  private final ConflictRules<K, R> conflicts;
  private final Comparator<? super K> order;

  OrderedSetSpec(
      String name,
      Function<? super R, ? extends K> keyOf,
      Codec<K> keyCodec,
      Codec<R> recordCodec,
      Comparator<? super K> order) {
    super(name, keyOf, keyCodec, recordCodec, Lifetime.DEFAULT);
    this.conflicts = new ConflictRules<>(null, null);
    this.order = order;
  }

  private OrderedSetSpec(
      OrderedSetSpec<K, R> other, Lifetime lifetime, ConflictRules<K, R> conflicts) {
    super(other, lifetime);
    this.conflicts = conflicts;
    this.order = other.order;
  }

  @Override
  public OrderedSetSpec<K, R> ownership(Ownership other) {
    return new OrderedSetSpec<>(this, lifetime().ownership(other), conflicts);
  }

  @Override
  public OrderedSetSpec<K, R> grace(Duration time) {
    return new OrderedSetSpec<>(this, lifetime().grace(time), conflicts);
  }

  @Override
  public OrderedSetSpec<K, R> retention(Duration time) {
    return new OrderedSetSpec<>(this, lifetime().retention(time), conflicts);
  }

  @Override
  public OrderedSetSpec<K, R> onNodeDown(NodeDownHandler handler) {
    return new OrderedSetSpec<>(this, lifetime().onNodeDown(handler), conflicts);
  }

  /** The same table, with this in the place of the default, which is to show the latest record. */
  public OrderedSetSpec<K, R> resolver(Resolver<R> resolver) {
    return new OrderedSetSpec<>(this, lifetime(), conflicts.resolver(resolver));
  }

  /**
   * The same table, with this told of every conflict that this node comes to know. It runs on the
   * node's callback executor, one conflict after the other, and may write. What it throws is
   * logged; when it is too slow, some are left out, which is logged as well.
   */
  public OrderedSetSpec<K, R> onConflict(Consumer<? super Conflict<K, R>> handler) {
    return new OrderedSetSpec<>(this, lifetime(), conflicts.told(handler));
  }

  ConflictRules<K, R> conflicts() {
    return conflicts;
  }

  /** The order of its keys. */
  public Comparator<? super K> order() {
    return order;
  }
}
