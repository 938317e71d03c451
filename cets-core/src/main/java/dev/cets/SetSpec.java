package dev.cets;

import dev.cets.spi.Codec;
import java.util.function.Function;

/** What a {@link SetTable} is; made by {@link TableSpec#set}. */
public final class SetSpec<K, R> extends KeyedSpec<K, R, SetSpec<K, R>> {
  SetSpec(
      String name,
      Function<? super R, ? extends K> keyOf,
      Codec<K> keyCodec,
      Codec<R> recordCodec) {
    super(name, keyOf, keyCodec, recordCodec);
  }

  private SetSpec(SetSpec<K, R> other, Lifetime lifetime, ConflictRules<K, R> conflicts) {
    super(other, lifetime, conflicts);
  }

  @Override
  SetSpec<K, R> with(Lifetime lifetime, ConflictRules<K, R> conflicts) {
    return new SetSpec<>(this, lifetime, conflicts);
  }
}
