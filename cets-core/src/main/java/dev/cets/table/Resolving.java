package dev.cets.table;

import dev.cets.replication.Rule;
import dev.cets.replication.Rules;
import dev.cets.replication.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What the application's resolver does to a key with several live versions. Whatever it does,
 * replicas stay equal: its answer is shown, and nothing else.
 */
public final class Resolving<K, R> {
  private final Function<? super List<R>, ? extends R> resolver;
  private final Function<? super R, ? extends K> keyOf;
  private final BiConsumer<? super K, String> failed;
  private final Rules rules;

  /**
   * Asks this resolver.
   *
   * @param failed told of a key and why the resolver's answer for it could not be used, by the
   *     thread that asked
   */
  public Resolving(
      Function<? super List<R>, ? extends R> resolver,
      Function<? super R, ? extends K> keyOf,
      BiConsumer<? super K, String> failed) {
    this(resolver, keyOf, failed, Rules.ALL);
  }

  /** For simulators: a rule may be broken on purpose. */
  public Resolving(
      Function<? super List<R>, ? extends R> resolver,
      Function<? super R, ? extends K> keyOf,
      BiConsumer<? super K, String> failed,
      Rules rules) {
    this.resolver = resolver;
    this.keyOf = keyOf;
    this.failed = failed;
    this.rules = rules;
  }

  /** Does it get the versions in the order of their stamps? */
  boolean inStampOrder() {
    return rules.keep(Rule.RESOLVE_IN_STAMP_ORDER);
  }

  /** Of versions that are not bare. */
  R resolve(K key, List<Version<R>> latestFirst) {
    List<R> records = new ArrayList<>(latestFirst.size());
    for (Version<R> version : latestFirst.reversed()) {
      records.add(Objects.requireNonNull(version.record()));
    }
    String problem;
    try {
      R record = resolver.apply(List.copyOf(records));
      if (key.equals(keyOf.apply(record))) {
        return record;
      }
      problem = "it answered a record of another key: " + record;
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      problem = "it threw " + e;
    }
    failed.accept(key, problem);
    return Objects.requireNonNull(latestFirst.getFirst().record());
  }
}
