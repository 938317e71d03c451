package dev.cets.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ThreadedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsChannelConfigurator;
import org.jgroups.JChannel;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.util.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service with a replicated cache of Infinispan, and CETS beside it on the same channel. */
class ForkOfInfinispanTest {
  private record Session(String id, String user) {}

  private static final SetSpec<String, Session> SESSIONS =
      TableSpec.set("sessions", String.class, Session.class, Session::id);

  private static final Session ALICE = new Session("1", "alice");

  private final Group group = new Group();
  private final List<AutoCloseable> running = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable each : running.reversed()) {
      each.close();
    }
  }

  /** One process of the service, as it would be without CETS. */
  private final class Service {
    final JChannel channel;
    final EmbeddedCacheManager caches;
    final Cache<String, String> cache;

    Service(String name) throws Exception {
      channel = group.channel(name);
      GlobalConfigurationBuilder global = new GlobalConfigurationBuilder();
      global
          .transport()
          .defaultTransport()
          .addProperty(
              org.infinispan.remoting.transport.jgroups.JGroupsTransport.CHANNEL_CONFIGURATOR,
              new Configured(channel))
          .clusterName("service")
          .nodeName(name);
      caches = new DefaultCacheManager(global.build());
      running.add(caches::stop);
      caches.defineConfiguration(
          "cache", new ConfigurationBuilder().clustering().cacheMode(CacheMode.REPL_SYNC).build());
      cache = caches.getCache("cache");
    }

    /** What a user writes. */
    CetsNode cets(String name) {
      JChannel shared = channelOf(cache);
      CetsNode node = CetsNode.builder(name).transport(JGroupsTransport.fork(shared)).start();
      running.add(node);
      return node;
    }
  }

  private static JChannel channelOf(Cache<?, ?> cache) {
    return ((org.infinispan.remoting.transport.jgroups.JGroupsTransport)
            cache.getAdvancedCache().getRpcManager().getTransport())
        .getChannel();
  }

  /** Gives Infinispan a channel that uses no multicast, so that tests do not hear each other. */
  private record Configured(JChannel channel) implements JGroupsChannelConfigurator {
    @Override
    public String getName() {
      return "for the test";
    }

    @Override
    public JChannel createChannel(String name) {
      return channel;
    }

    @Override
    public void setSocketFactory(SocketFactory factory) {}

    @Override
    public void setDataSource(DataSource source) {}

    @Override
    public String getProtocolStackString() {
      return channel.getProtocolStack().printProtocolSpec(false);
    }

    @Override
    public List<ProtocolConfiguration> getProtocolStack() {
      return List.of();
    }
  }

  private static void awaitJoined(CetsNode... nodes) {
    for (CetsNode node : nodes) {
      ThreadedCluster.until(() -> node.status().joinedNodes().size() == nodes.length);
    }
  }

  @Test
  void fork_besideACache_bothReplicate() throws Exception {
    Service one = new Service("one");
    Service two = new Service("two");
    CetsNode a = one.cets("a");
    CetsNode b = two.cets("b");
    SetTable<String, Session> atA = a.open(SESSIONS);
    SetTable<String, Session> atB = b.open(SESSIONS);
    awaitJoined(a, b);

    assertThat(atA.insert(ALICE).appliedBy()).isEqualTo(Set.of("a", "b"));
    one.cache.put("k", "v");

    assertThat(atB.lookup("1")).isEqualTo(ALICE);
    assertThat(two.cache.get("k")).isEqualTo("v");
  }

  @Test
  void close_node_leavesTheServiceItsChannel() throws Exception {
    Service one = new Service("one");
    Service two = new Service("two");
    CetsNode a = one.cets("a");
    CetsNode b = two.cets("b");
    SetTable<String, Session> atA = a.open(SESSIONS);
    SetTable<String, Session> atB = b.open(SESSIONS);
    awaitJoined(a, b);
    atB.insert(ALICE);

    b.close();
    ThreadedCluster.until(() -> atA.size() == 0);
    one.cache.put("k", "v");

    assertThat(two.cache.get("k")).isEqualTo("v");
    CetsNode again = two.cets("b");
    again.open(SESSIONS);
    awaitJoined(a, again);
  }

  @Test
  void stop_service_isNoticedByTheOtherNode() throws Exception {
    Service one = new Service("one");
    Service two = new Service("two");
    CetsNode a = one.cets("a");
    CetsNode b = two.cets("b");
    SetTable<String, Session> atA = a.open(SESSIONS);
    SetTable<String, Session> atB = b.open(SESSIONS);
    awaitJoined(a, b);
    atB.insert(ALICE);

    two.caches.stop();

    ThreadedCluster.until(() -> atA.size() == 0);
    assertThat(a.status().availableNodes()).containsExactly("a");
  }

  @Test
  void start_secondNodeOnOneChannel_isRefused() throws Exception {
    Service one = new Service("one");
    CetsNode a = one.cets("a");
    SetTable<String, Session> atA = a.open(SESSIONS);

    assertThatThrownBy(() -> one.cets("b"))
        .isInstanceOf(CetsException.class)
        .hasStackTraceContaining(
            "cannot use a fork 'cets' of the channel service: another node uses a fork of that"
                + " name");

    assertThat(atA.insert(ALICE).appliedBy()).isEqualTo(Set.of("a"));
  }

  @Test
  void start_channelNotConnected_isRefused() throws Exception {
    try (JChannel channel = group.channel("unconnected")) {
      assertThatThrownBy(
              () -> CetsNode.builder("a").transport(JGroupsTransport.fork(channel)).start())
          .hasStackTraceContaining("the channel is not connected; connect it before");
    }
  }

  @Test
  void members_asDiscovery_showInTheStatus() throws Exception {
    Service one = new Service("one");
    Service two = new Service("two");
    JGroupsTransport transport = JGroupsTransport.fork(one.channel);
    CetsNode a = CetsNode.builder("a").transport(transport).discovery(transport.members()).start();
    running.add(a);
    CetsNode b = two.cets("b");
    SetTable<String, Session> atA = a.open(SESSIONS);
    b.open(SESSIONS);

    a.awaitReady(Duration.ofSeconds(20));
    awaitJoined(a, b);

    ThreadedCluster.until(() -> a.status().discoveredNodes().equals(List.of("a", "b")));
    assertThat(a.status().discoveryWorks()).isTrue();
    assertThat(atA.insert(ALICE).appliedBy()).isEqualTo(Set.of("a", "b"));
  }
}
