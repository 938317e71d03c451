package dev.cets.testkit.sim;

import dev.cets.node.Answer;
import dev.cets.node.NodeRuntime;
import dev.cets.replication.TableDefinition;
import dev.cets.replication.TableOptions;
import dev.cets.spi.Codec;
import dev.cets.table.BagStore;
import dev.cets.table.Element;
import dev.cets.table.ElementCodec;
import dev.cets.table.KeyOrder;
import dev.cets.table.LocalBag;
import dev.cets.table.LocalTable;
import dev.cets.table.OrderedStore;
import dev.cets.table.Presence;
import dev.cets.table.Resolving;
import dev.cets.table.SetStore;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types of tables that walks have. */
public enum TableType {
  /** One record per key. */
  SET {
    @Override
    OpenTable open(
        NodeRuntime runtime,
        TableOptions options,
        Walk walk,
        @Nullable Resolving<String, Row> resolving) {
      SetStore<String, Row> store =
          new SetStore<>(Row::key, resolving, SetStore.seed(runtime.loop()));
      return new OpenTable.OfSet(opened(runtime, options, TableDefinition.SET, walk, store));
    }
  },
  /** One record per key, in order. */
  ORDERED_SET {
    @Override
    OpenTable open(
        NodeRuntime runtime,
        TableOptions options,
        Walk walk,
        @Nullable Resolving<String, Row> resolving) {
      OrderedStore<String, Row> store = new OrderedStore<>(ORDER, Row::key, resolving);
      return new OpenTable.OfOrderedSet(
          opened(runtime, options, TableDefinition.ORDERED_SET, walk, store), store);
    }
  },
  /** Several records per key. */
  BAG {
    @Override
    OpenTable open(
        NodeRuntime runtime,
        TableOptions options,
        Walk walk,
        @Nullable Resolving<String, Row> resolving) {
      BagStore<String, Row> store = new BagStore<>();
      ElementCodec<String, Row> codec = new ElementCodec<>(KEYS, codec(ROWS, walk), Row::key);
      TableDefinition<Element<String, Row>, Presence> definition =
          new TableDefinition<>(
              SimulatedNode.TABLE,
              TableDefinition.BAG,
              walk.keep(),
              codec,
              Presence.CODEC,
              codec.ofKeys());
      LocalTable<Element<String, Row>, Presence> table =
          opened(runtime, options, definition, TableType::noKey, store);
      return new OpenTable.OfBag(new LocalBag<>(table, codec, store));
    }
  };

  private static final TextCodec KEYS = new TextCodec();
  private static final RowCodec ROWS = new RowCodec();

  /**
   * Backwards by the first letter, and nothing else: other keys are in the order of their bytes.
   */
  static final KeyOrder<String> ORDER =
      new KeyOrder<>(Comparator.<String>comparingInt(key -> -key.charAt(0)), KEYS);

  /** Opens the table of a node. */
  abstract OpenTable open(
      NodeRuntime runtime,
      TableOptions options,
      Walk walk,
      @Nullable Resolving<String, Row> resolving);

  /** What there is one record of at most: the key, or in a bag the record itself. */
  Object nameOf(Row row) {
    return this == BAG ? row : row.key();
  }

  private static LocalTable<String, Row> opened(
      NodeRuntime runtime,
      TableOptions options,
      String type,
      Walk walk,
      SetStore<String, Row> store) {
    return opened(
        runtime,
        options,
        new TableDefinition<>(SimulatedNode.TABLE, type, walk.keep(), codec(KEYS, walk), ROWS),
        Row::key,
        store);
  }

  private static <K, R> LocalTable<K, R> opened(
      NodeRuntime runtime,
      TableOptions options,
      TableDefinition<K, R> definition,
      Function<R, K> keyOf,
      SetStore<K, R> store) {
    Answer<LocalTable<K, R>> answer =
        runtime.open(definition, options, keyOf, store, null, List.of());
    LocalTable<K, R> table = answer.value();
    if (table == null) {
      throw new IllegalStateException("the table cannot be opened: " + answer);
    }
    return table;
  }

  /** What is compared by its hash: keys, or the elements of a bag. */
  private static <T> Codec<T> codec(Codec<T> plain, Walk walk) {
    return walk.collides() ? new CollidingCodec<>(plain) : plain;
  }

  private static Element<String, Row> noKey(Presence presence) {
    throw new IllegalStateException("a presence has no key");
  }
}
