package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.replication.Event;
import dev.cets.table.Resolving;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an application wants to happen when a key is in conflict. */
record ConflictRules<K, R>(
    @Nullable Resolver<R> resolver, @Nullable Consumer<? super Conflict<K, R>> told) {
  ConflictRules<K, R> resolver(Resolver<R> other) {
    return new ConflictRules<>(other, told);
  }

  ConflictRules<K, R> told(Consumer<? super Conflict<K, R>> other) {
    return new ConflictRules<>(resolver, other);
  }

  @Nullable Resolving<K, R> resolving(
      NodeRuntime runtime, String table, Function<? super R, ? extends K> keyOf) {
    Resolver<R> used = resolver;
    return used == null
        ? null
        : new Resolving<>(
            used::resolve,
            keyOf,
            (key, problem) -> runtime.tell(new Event.ResolverFailed(table, key, problem)));
  }

  @Nullable Consumer<Event.Conflict> handler() {
    Consumer<? super Conflict<K, R>> handler = told;
    return handler == null ? null : event -> handler.accept(conflict(event));
  }

  @SuppressWarnings("unchecked") // the event is of the table that these rules belong to
  private static <K, R> Conflict<K, R> conflict(Event.Conflict event) {
    List<Conflict.Version<R>> versions = new ArrayList<>();
    for (dev.cets.replication.Version<?> version : event.latestFirst().reversed()) {
      R record = (R) version.record();
      if (record != null) {
        versions.add(
            new Conflict.Version<>(
                version.origin().incarnation().name(),
                version.origin().incarnation().toString(),
                Instant.ofEpochMilli(version.wallMillis()),
                record));
      }
    }
    return new Conflict<>(event.table(), (K) event.key(), List.copyOf(versions));
  }
}
