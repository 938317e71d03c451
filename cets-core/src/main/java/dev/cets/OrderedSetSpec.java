package dev.cets;

import dev.cets.spi.Codec;
import java.util.Comparator;
import java.util.function.Function;

/** What an {@link OrderedSetTable} is; made by {@link TableSpec#orderedSet}. */
public final class OrderedSetSpec<K, R> extends KeyedSpec<K, R, OrderedSetSpec<K, R>> {
  private final Comparator<? super K> order;

  OrderedSetSpec(
      String name,
      Function<? super R, ? extends K> keyOf,
      Codec<K> keyCodec,
      Codec<R> recordCodec,
      Comparator<? super K> order) {
    super(name, keyOf, keyCodec, recordCodec);
    this.order = order;
  }

  private OrderedSetSpec(
      OrderedSetSpec<K, R> other, Lifetime lifetime, ConflictRules<K, R> conflicts) {
    super(other, lifetime, conflicts);
    this.order = other.order;
  }

  @Override
  OrderedSetSpec<K, R> with(Lifetime lifetime, ConflictRules<K, R> conflicts) {
    return new OrderedSetSpec<>(this, lifetime, conflicts);
  }

  /** The order of its keys. */
  public Comparator<? super K> order() {
    return order;
  }
}
