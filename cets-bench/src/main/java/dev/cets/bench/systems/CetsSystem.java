package dev.cets.bench.systems;

import dev.cets.CetsNode;
import dev.cets.NotAppliedException;
import dev.cets.OrderedSetTable;
import dev.cets.Ownership;
import dev.cets.SetTable;
import dev.cets.TableComparison;
import dev.cets.TableSpec;
import dev.cets.UnknownOutcomeException;
import dev.cets.bench.member.Item;
import dev.cets.bench.member.Outcome;
import dev.cets.bench.member.ReplicatedTable;
import dev.cets.bench.member.SystemUnderTest;
import dev.cets.bench.member.TableKind;
import dev.cets.netty.NettyTransport;
import dev.cets.spi.NodeAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ours, over Netty, with all defaults. */
final class CetsSystem implements SystemUnderTest {
  private static final String TABLE = "items";
  private static final Duration READY = Duration.ofMinutes(2);
  private static final Duration COMPARISON = Duration.ofSeconds(30);

  private @Nullable CetsNode node;

  @Override
  public void connect(int index, List<Integer> ports, int members) {
    CetsNode started =
        CetsNode.builder("n" + (index + 1))
            .cluster("bench")
            .transport(NettyTransport.port(ports.get(index)))
            .start();
    node = started;
    for (int port : ports) {
      if (port != ports.get(index)) {
        started.connect(new NodeAddress("127.0.0.1", port));
      }
    }
    Await.until(
        "connected with " + members + " nodes",
        () -> started.status().availableNodes().size() >= members);
  }

  @Override
  public ReplicatedTable open(TableKind kind) {
    CetsNode opened = started();
    Ownership ownership = kind == TableKind.OWNED ? Ownership.REMOVE_RECORDS : Ownership.KEEP;
    SetTable<String, Item> table =
        kind == TableKind.ORDERED
            ? opened.open(
                TableSpec.orderedSet(TABLE, String.class, Item.class, Item::key)
                    .ownership(ownership))
            : opened.open(
                TableSpec.set(TABLE, String.class, Item.class, Item::key).ownership(ownership));
    opened.awaitReady(READY);
    return new Records(opened, table);
  }

  private CetsNode started() {
    CetsNode running = node;
    if (running == null) {
      throw new IllegalStateException("not connected");
    }
    return running;
  }

  @Override
  public void close() {
    started().close();
  }

  private record Records(CetsNode node, SetTable<String, Item> table) implements ReplicatedTable {
    @Override
    public void put(Item item) {
      table.insert(item);
    }

    @Override
    public void putMany(List<Item> items) {
      table.insertMany(items);
    }

    @Override
    public CompletableFuture<?> putAsync(Item item) {
      return table.insertAsync(item);
    }

    @Override
    public boolean putNew(Item item) {
      return table.insertNew(item);
    }

    @Override
    public boolean decidedHere(String key, boolean here) {
      return table.leader().equals(node.name()) == here;
    }

    @Override
    public void putSerial(Item item) {
      table.insertSerial(item);
    }

    @Override
    public int size() {
      return table.size();
    }

    @Override
    public @Nullable Object get(String key) {
      return table.lookup(key);
    }

    @Override
    public int firstByte(String key) {
      Item item = table.lookup(key);
      return item == null ? -1 : item.value()[0];
    }

    @Override
    public int range(String from, String to) {
      return ordered().range(from, to).mapToInt(item -> item.value().length > 0 ? 1 : 0).sum();
    }

    private OrderedSetTable<String, Item> ordered() {
      if (table instanceof OrderedSetTable<String, Item> ordered) {
        return ordered;
      }
      throw new IllegalStateException("the table was opened without an order");
    }

    @Override
    public void delete(String key) {
      table.delete(key);
    }

    @Override
    public Stream<Item> items() {
      return table.stream();
    }

    @Override
    public Outcome outcome(Throwable failure) {
      return switch (failure) {
        case NotAppliedException e -> Outcome.REFUSED;
        case UnknownOutcomeException e -> Outcome.UNKNOWN;
        default -> Outcome.FAILED;
      };
    }

    @Override
    public String differences() {
      return table.compare(COMPARISON).nodes().entrySet().stream()
          .filter(node -> node.getValue().state() != TableComparison.State.EQUAL)
          .map(node -> node.getKey() + " " + node.getValue())
          .collect(Collectors.joining(", "));
    }

    @Override
    public long mended() {
      return table.status().mended();
    }

    @Override
    public int joined() {
      return node.status().joinedNodes().size();
    }
  }
}
