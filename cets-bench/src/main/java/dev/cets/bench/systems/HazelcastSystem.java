package dev.cets.bench.systems;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.cets.bench.member.Item;
import dev.cets.bench.member.NotOfferedException;
import dev.cets.bench.member.ReplicatedTable;
import dev.cets.bench.member.SystemUnderTest;
import dev.cets.bench.member.TableKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ReplicatedMap that stores objects, so that reads cost no decoding, and that is filled before it
 * is used. Members find each other by a list of addresses. Its writes return when the owner of the
 * key's partition has them; the other members get them later.
 */
final class HazelcastSystem implements SystemUnderTest {
  private static final String MAP = "items";

  private @Nullable HazelcastInstance instance;

  @Override
  public void connect(int index, List<Integer> ports, int members) {
    HazelcastInstance started = Hazelcast.newHazelcastInstance(config(index, ports));
    instance = started;
    Await.until(
        "a cluster of " + members, () -> started.getCluster().getMembers().size() >= members);
  }

  private static Config config(int index, List<Integer> ports) {
    Config config = new Config().setClusterName("bench").setInstanceName("n" + (index + 1));
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getJetConfig().setEnabled(false);
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(ports.get(index)).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    for (int port : ports) {
      join.getTcpIpConfig().addMember("127.0.0.1:" + port);
    }
    config
        .getReplicatedMapConfig(MAP)
        .setInMemoryFormat(InMemoryFormat.OBJECT)
        .setAsyncFillup(false)
        .setStatisticsEnabled(false);
    return config;
  }

  @Override
  public ReplicatedTable open(TableKind kind) {
    if (kind != TableKind.SET) {
      throw new NotOfferedException(
          kind == TableKind.ORDERED ? "no order of keys" : "records have no owner");
    }
    return new ReplicatedMapTable(started());
  }

  private HazelcastInstance started() {
    HazelcastInstance running = instance;
    if (running == null) {
      throw new IllegalStateException("not connected");
    }
    return running;
  }

  @Override
  public void close() {
    started().shutdown();
  }

  private static final class ReplicatedMapTable extends MapTable {
    ReplicatedMapTable(HazelcastInstance instance) {
      super(instance.getReplicatedMap(MAP));
    }

    @Override
    public boolean putNew(Item item) {
      throw new NotOfferedException("ReplicatedMap has no atomic putIfAbsent");
    }
  }
}
