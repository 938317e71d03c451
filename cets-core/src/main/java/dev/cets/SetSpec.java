package dev.cets;

import dev.cets.spi.Codec;
import java.util.function.Function;

/** What a {@link SetTable} is; made by {@link TableSpec#set}. */
public final class SetSpec<K, R> extends TableSpec<K, R> {
  SetSpec(
      String name,
      Function<? super R, ? extends K> keyOf,
      Codec<K> keyCodec,
      Codec<R> recordCodec) {
    super(name, keyOf, keyCodec, recordCodec, Ownership.REMOVE_RECORDS);
  }

  private SetSpec(SetSpec<K, R> other, Ownership ownership) {
    super(other, ownership);
  }

  @Override
  public SetSpec<K, R> ownership(Ownership other) {
    return new SetSpec<>(this, other);
  }
}
