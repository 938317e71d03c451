package dev.cets;

import dev.cets.node.LossHandler;
import dev.cets.node.NodeRuntime;
import dev.cets.replication.Event;
import dev.cets.replication.TableDefinition;
import dev.cets.table.ApplicationCodec;
import dev.cets.table.BagStore;
import dev.cets.table.Element;
import dev.cets.table.ElementCodec;
import dev.cets.table.KeyOrder;
import dev.cets.table.LocalBag;
import dev.cets.table.LocalTable;
import dev.cets.table.OrderedStore;
import dev.cets.table.Presence;
import dev.cets.table.SetStore;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens tables of each type. */
final class Opening {
  private Opening() {}

  static <K, R> SetTable<K, R> open(NodeRuntime runtime, SetSpec<K, R> spec) {
    SetStore<K, R> store =
        new SetStore<>(
            spec.keyOf(),
            spec.conflicts().resolving(runtime, spec.name(), spec.keyOf()),
            SetStore.seed(runtime.loop()));
    LocalTable<K, R> table =
        opened(runtime, spec, TableDefinition.SET, store, spec.conflicts().handler());
    return new SetTable<>(runtime, table, new Writes(runtime));
  }

  static <K, R> OrderedSetTable<K, R> open(NodeRuntime runtime, OrderedSetSpec<K, R> spec) {
    OrderedStore<K, R> store =
        new OrderedStore<>(
            new KeyOrder<>(spec.order(), spec.keyCodec()),
            spec.keyOf(),
            spec.conflicts().resolving(runtime, spec.name(), spec.keyOf()));
    LocalTable<K, R> table =
        opened(runtime, spec, TableDefinition.ORDERED_SET, store, spec.conflicts().handler());
    return new OrderedSetTable<>(runtime, table, store, new Writes(runtime));
  }

  private static <K, R> LocalTable<K, R> opened(
      NodeRuntime runtime,
      TableSpec<K, R> spec,
      String type,
      SetStore<K, R> store,
      @Nullable Consumer<Event.Conflict> onConflict) {
    TableDefinition<K, R> definition =
        new TableDefinition<>(
            spec.name(),
            type,
            spec.ownership() == Ownership.KEEP,
            ApplicationCodec.ofKeys(spec.name(), spec.keyCodec()),
            ApplicationCodec.ofRecords(spec.name(), spec.recordCodec()));
    return Views.value(
        runtime.open(
            definition,
            spec.lifetime().options(),
            spec.keyOf(),
            store,
            onConflict,
            nodeDown(spec)));
  }

  static <K, R> BagTable<K, R> open(NodeRuntime runtime, BagSpec<K, R> spec) {
    BagStore<K, R> store = new BagStore<>();
    ElementCodec<K, R> codec =
        new ElementCodec<>(
            ApplicationCodec.ofKeys(spec.name(), spec.keyCodec()),
            ApplicationCodec.ofRecords(spec.name(), spec.recordCodec()),
            spec.keyOf());
    TableDefinition<Element<K, R>, Presence> definition =
        new TableDefinition<>(
            spec.name(),
            TableDefinition.BAG,
            spec.ownership() == Ownership.KEEP,
            codec,
            Presence.CODEC,
            codec.ofKeys());
    LocalTable<Element<K, R>, Presence> table =
        Views.value(
            runtime.open(
                definition,
                spec.lifetime().options(),
                presence -> {
                  throw new IllegalStateException("a presence has no key");
                },
                store,
                null,
                nodeDown(spec)));
    return new BagTable<>(runtime, new LocalBag<>(table, codec, store), new Writes(runtime));
  }

  private static List<LossHandler> nodeDown(TableSpec<?, ?> spec) {
    return spec.lifetime().nodeDown().stream().map(Operations::handler).toList();
  }
}
