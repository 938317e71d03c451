package dev.cets;

import dev.cets.spi.Codec;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** What tables with one record per key have in common: records that compete for it. */
abstract sealed class KeyedSpec<K, R, S extends KeyedSpec<K, R, S>> extends TableSpec<K, R>
    permits SetSpec, OrderedSetSpec {
  private final ConflictRules<K, R> conflicts;

  KeyedSpec(
      String name,
      Function<? super R, ? extends K> keyOf,
      Codec<K> keyCodec,
      Codec<R> recordCodec) {
    super(name, keyOf, keyCodec, recordCodec, Lifetime.DEFAULT);
    this.conflicts = new ConflictRules<>(null, null);
  }

  KeyedSpec(S other, Lifetime lifetime, ConflictRules<K, R> conflicts) {
    super(other, lifetime);
    this.conflicts = conflicts;
  }

  abstract S with(Lifetime lifetime, ConflictRules<K, R> conflicts);

  @Override
  public final S ownership(Ownership other) {
    return with(lifetime().ownership(other), conflicts);
  }

  @Override
  public final S grace(Duration time) {
    return with(lifetime().grace(time), conflicts);
  }

  @Override
  public final S retention(Duration time) {
    return with(lifetime().retention(time), conflicts);
  }

  @Override
  public final S onNodeDown(NodeDownHandler handler) {
    return with(lifetime().onNodeDown(handler), conflicts);
  }

  /** The same table, with this in the place of the default, which is to show the latest record. */
  public final S resolver(Resolver<R> resolver) {
    return with(lifetime(), conflicts.resolver(resolver));
  }

  /**
   * The same table, with this told of every conflict that this node comes to know. It runs on the
   * node's callback executor, one conflict after the other, and may write. What it throws is
   * logged; when it is too slow, some are left out, which is logged as well.
   */
  public final S onConflict(Consumer<? super Conflict<K, R>> handler) {
    return with(lifetime(), conflicts.told(handler));
  }

  final ConflictRules<K, R> conflicts() {
    return conflicts;
  }
}
