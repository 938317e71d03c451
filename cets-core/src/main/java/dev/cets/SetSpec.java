package dev.cets;

import dev.cets.spi.Codec;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a {@link SetTable} is; made by {@link TableSpec#set}. */
public final class SetSpec<K, R> extends TableSpec<K, R> {
  private final ConflictRules<K, R> conflicts;

  SetSpec(
      String name,
      Function<? super R, ? extends K> keyOf,
      Codec<K> keyCodec,
      Codec<R> recordCodec) {
    super(name, keyOf, keyCodec, recordCodec, Lifetime.DEFAULT);
    this.conflicts = new ConflictRules<>(null, null);
  }

  private SetSpec(SetSpec<K, R> other, Lifetime lifetime, ConflictRules<K, R> conflicts) {
    super(other, lifetime);
    this.conflicts = conflicts;
  }

  @Override
  public SetSpec<K, R> ownership(Ownership other) {
    return new SetSpec<>(this, lifetime().ownership(other), conflicts);
  }

  @Override
  public SetSpec<K, R> grace(Duration time) {
    return new SetSpec<>(this, lifetime().grace(time), conflicts);
  }

  @Override
  public SetSpec<K, R> retention(Duration time) {
    return new SetSpec<>(this, lifetime().retention(time), conflicts);
  }

  @Override
  public SetSpec<K, R> onNodeDown(NodeDownHandler handler) {
    return new SetSpec<>(this, lifetime().onNodeDown(handler), conflicts);
  }

  /** The same table, with this in the place of the default, which is to show the latest record. */
  public SetSpec<K, R> resolver(Resolver<R> resolver) {
    return new SetSpec<>(this, lifetime(), conflicts.resolver(resolver));
  }

  /**
   * The same table, with this told of every conflict that this node comes to know. It runs on the
   * node's callback executor, one conflict after the other, and may write. What it throws is
   * logged; when it is too slow, some are left out, which is logged as well.
   */
  public SetSpec<K, R> onConflict(Consumer<? super Conflict<K, R>> handler) {
    return new SetSpec<>(this, lifetime(), conflicts.told(handler));
  }

  ConflictRules<K, R> conflicts() {
    return conflicts;
  }
}
