package dev.cets;

import dev.cets.spi.Codec;
import java.util.Comparator;
import java.util.function.Function;

/** What an {@link OrderedSetTable} is; made by {@link TableSpec#orderedSet}. */
public final class OrderedSetSpec<K, R> extends TableSpec<K, R> {
  private final Comparator<? super K> order;

  OrderedSetSpec(
      String name,
      Function<? super R, ? extends K> keyOf,
      Codec<K> keyCodec,
      Codec<R> recordCodec,
      Comparator<? super K> order) {
    super(name, keyOf, keyCodec, recordCodec, Ownership.REMOVE_RECORDS);
    this.order = order;
  }

  private OrderedSetSpec(OrderedSetSpec<K, R> other, Ownership ownership) {
    super(other, ownership);
    this.order = other.order;
  }

  @Override
  public OrderedSetSpec<K, R> ownership(Ownership other) {
    return new OrderedSetSpec<>(this, other);
  }

  /** The order of its keys. */
  public Comparator<? super K> order() {
    return order;
  }
}
