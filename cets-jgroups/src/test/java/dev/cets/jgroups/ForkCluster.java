package dev.cets.jgroups;

import dev.cets.engine.SingleThreadLoop;
import dev.cets.spi.Transport;
import dev.cets.testkit.ThreadedCluster;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.JChannel;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.SHARED_LOOPBACK_PING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;

/** Nodes on forks of services' channels, each service with its own, inside one JVM. */
final class ForkCluster extends ThreadedCluster {
  /** What {@link JGroupsTransport#fork} has, but that addresses are given up sooner. */
  private static final Settings SHORT =
      new Settings(
          TimeUnit.MILLISECONDS.toNanos(300),
          TimeUnit.MILLISECONDS.toNanos(5),
          TimeUnit.MILLISECONDS.toNanos(200));

  private static final AtomicInteger CLUSTERS = new AtomicInteger();
  private static final AtomicInteger PORTS = new AtomicInteger();

  /** Each at a place of its own, which JGroups does not care for. */
  private static final class Loopback extends SHARED_LOOPBACK {
    Loopback() {
      port = (short) (1 + PORTS.incrementAndGet() % Short.MAX_VALUE);
    }
  }

  private final String cluster = "services-" + CLUSTERS.incrementAndGet();
  private final Map<Transport, JChannel> channels = new HashMap<>();

  @Override
  protected Transport newEngine(String nodeName) {
    try {
      JChannel channel =
          new JChannel(
                  new Loopback(),
                  new SHARED_LOOPBACK_PING(),
                  new NAKACK2().useMcastXmit(false),
                  new UNICAST3().setXmitInterval(100),
                  new STABLE(),
                  new GMS().setJoinTimeout(500).printLocalAddress(false),
                  new UFC(),
                  new FRAG4())
              .name(nodeName);
      channel.connect(cluster);
      Transport transport =
          new JGroupsTransport(
              new SingleThreadLoop("cets"), new GivenMedium(new Fork(channel, "cets")), SHORT);
      channels.put(transport, channel);
      return transport;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The whole service ends, and its channel with it; its node before, as that is noticed soonest.
   * For a channel that ends under its node see {@link ForkOfInfinispanTest}.
   */
  @Override
  protected void crash(Transport transport) {
    super.crash(transport);
    JChannel channel = channels.remove(transport);
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void close() {
    super.close();
    channels.values().forEach(JChannel::close);
  }
}
