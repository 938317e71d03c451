package dev.cets.bench.systems;

import dev.cets.bench.member.Item;
import dev.cets.bench.member.NotOfferedException;
import dev.cets.bench.member.ReplicatedTable;
import dev.cets.bench.member.SystemUnderTest;
import dev.cets.bench.member.TableKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.infinispan.AdvancedCache;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.context.Flag;
import org.infinispan.manager.DefaultCacheManager;
import org.jspecify.annotations.Nullable;

/**
 * A replicated synchronous cache in the service's own JVM, that stores objects on the heap; writes
 * do not ask for the old value. Its settings are in {@code infinispan.xml}.
 */
final class InfinispanSystem implements SystemUnderTest {
  private static final int MOST_IN_FLIGHT = 1_000;
  private static final String CACHE = "items";
  private static final String SETTINGS = "/infinispan.xml";

  private @Nullable DefaultCacheManager manager;

  @Override
  public void connect(int index, List<Integer> ports, int members) throws IOException {
    System.setProperty("bench.port", String.valueOf(ports.get(index)));
    System.setProperty("bench.hosts", Hosts.bracketed(ports));
    try (InputStream settings =
        Objects.requireNonNull(InfinispanSystem.class.getResourceAsStream(SETTINGS))) {
      DefaultCacheManager started = new DefaultCacheManager(settings);
      manager = started;
      Await.until("a cluster of " + members, () -> started.getMembers().size() >= members);
    }
  }

  @Override
  public ReplicatedTable open(TableKind kind) {
    if (kind != TableKind.SET) {
      throw new NotOfferedException(
          kind == TableKind.ORDERED ? "no order of keys" : "records have no owner");
    }
    DefaultCacheManager running = started();
    // Not before: what is defined when the manager starts is filled then.
    running.defineConfiguration(
        CACHE,
        new ConfigurationBuilder()
            .read(running.getCacheConfiguration("replicated"))
            .template(false)
            .build());
    return new CacheTable(running.getCache(CACHE));
  }

  private DefaultCacheManager started() {
    DefaultCacheManager running = manager;
    if (running == null) {
      throw new IllegalStateException("not connected");
    }
    return running;
  }

  @Override
  public void close() throws IOException {
    started().close();
  }

  /** Addresses as JGroups wants them. */
  static final class Hosts {
    private Hosts() {}

    static String bracketed(List<Integer> ports) {
      return ports.stream().map(port -> "127.0.0.1[" + port + "]").collect(Collectors.joining(","));
    }
  }

  private static final class CacheTable extends MapTable {
    private final AdvancedCache<String, byte[]> cache;
    private final AdvancedCache<String, byte[]> writes;

    /** Nothing else slows a caller down that does not wait. */
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);

    CacheTable(Cache<String, byte[]> cache) {
      super(cache.getAdvancedCache().withFlags(Flag.IGNORE_RETURN_VALUES));
      this.cache = cache.getAdvancedCache();
      this.writes = this.cache.withFlags(Flag.IGNORE_RETURN_VALUES);
    }

    @Override
    public CompletableFuture<?> putAsync(Item item) {
      inFlight.acquireUninterruptibly();
      return writes
          .putAsync(item.key(), item.value())
          .whenComplete((old, failure) -> inFlight.release());
    }

    @Override
    public boolean putNew(Item item) {
      return cache.putIfAbsent(item.key(), item.value()) == null;
    }

    @Override
    public boolean decidedHere(String key, boolean here) {
      return cache.getDistributionManager().getCacheTopology().getDistribution(key).isPrimary()
          == here;
    }

    /** Every write of a key goes through its one primary owner. */
    @Override
    public void putSerial(Item item) {
      put(item);
    }

    /** {@code size} asks all members; this counts what is here. */
    @Override
    public int size() {
      return cache.getDataContainer().size();
    }
  }
}
