package dev.cets.bench.systems;

import dev.cets.bench.member.Item;
import dev.cets.bench.member.NotOfferedException;
import dev.cets.bench.member.ReplicatedTable;
import dev.cets.bench.member.SystemUnderTest;
import dev.cets.bench.member.TableKind;
import java.io.IOException;
import java.util.List;
import org.jgroups.JChannel;
import org.jgroups.blocks.ReplicatedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A ReplicatedHashMap with blocking updates: a write returns when every member has answered. Its
 * stack is in {@code jgroups.xml}.
 */
final class JGroupsSystem implements SystemUnderTest {
  private static final long CALL_MILLIS = 10_000;
  private static final long STATE_MILLIS = 120_000;

  private @Nullable JChannel channel;
  private @Nullable ReplicatedHashMap<String, byte[]> map;

  @Override
  public void connect(int index, List<Integer> ports, int members) throws IOException {
    System.setProperty("bench.port", String.valueOf(ports.get(index)));
    System.setProperty("bench.hosts", InfinispanSystem.Hosts.bracketed(ports));
    try {
      JChannel created = new JChannel(JGroupsSystem.class.getResourceAsStream("/jgroups.xml"));
      channel = created;
      ReplicatedHashMap<String, byte[]> replicated = new ReplicatedHashMap<>(created);
      replicated.setBlockingUpdates(true);
      replicated.setTimeout(CALL_MILLIS);
      map = replicated;
      created.connect("bench");
      Await.until("a cluster of " + members, () -> created.getView().size() >= members);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("JGroups does not connect", e);
    }
  }

  @Override
  public ReplicatedTable open(TableKind kind) throws IOException {
    if (kind != TableKind.SET) {
      throw new NotOfferedException(
          kind == TableKind.ORDERED ? "no order of keys" : "records have no owner");
    }
    ReplicatedHashMap<String, byte[]> replicated = map;
    if (replicated == null) {
      throw new IllegalStateException("not connected");
    }
    try {
      replicated.start(STATE_MILLIS);
    } catch (Exception e) {
      throw new IOException("the state was not transferred", e);
    }
    return new HashMapTable(replicated);
  }

  @Override
  public void close() {
    JChannel open = channel;
    if (open != null) {
      open.close();
    }
  }

  private static final class HashMapTable extends MapTable {
    private final ReplicatedHashMap<String, byte[]> replicated;

    HashMapTable(ReplicatedHashMap<String, byte[]> replicated) {
      super(replicated);
      this.replicated = replicated;
    }

    /** Every member decides alone: of two callers at once both may win. */
    @Override
    public boolean putNew(Item item) {
      return replicated.putIfAbsent(item.key(), item.value()) == null;
    }
  }
}
