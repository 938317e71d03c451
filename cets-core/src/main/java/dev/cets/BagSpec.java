package dev.cets;

import dev.cets.spi.Codec;
import java.time.Duration;
import java.util.function.Function;

/**
 * What a {@link BagTable} is; made by {@link TableSpec#bag}. It takes no resolver: records of one
 * key never compete, so a bag has no conflicts.
 */
public final class BagSpec<K, R> extends TableSpec<K, R> {
  BagSpec(
      String name,
      Function<? super R, ? extends K> keyOf,
      Codec<K> keyCodec,
      Codec<R> recordCodec) {
    super(name, keyOf, keyCodec, recordCodec, Lifetime.DEFAULT);
    if (!recordCodec.canonical()) {
      throw new IllegalArgumentException(
          "the record codec "
              + recordCodec.fingerprint()
              + " of bag "
              + name
              + " is not canonical; equal records of a bag must have equal bytes");
    }
  }

  private BagSpec(BagSpec<K, R> other, Lifetime lifetime) {
    super(other, lifetime);
  }

  @Override
  public BagSpec<K, R> ownership(Ownership other) {
    return new BagSpec<>(this, lifetime().ownership(other));
  }

  @Override
  public BagSpec<K, R> grace(Duration time) {
    return new BagSpec<>(this, lifetime().grace(time));
  }

  @Override
  public BagSpec<K, R> retention(Duration time) {
    return new BagSpec<>(this, lifetime().retention(time));
  }

  @Override
  public BagSpec<K, R> onNodeDown(NodeDownHandler handler) {
    return new BagSpec<>(this, lifetime().onNodeDown(handler));
  }
}
