package dev.cets.netty;

import dev.cets.engine.EngineId;
import dev.cets.engine.Resolver;
import dev.cets.spi.NodeAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The sought addresses. On the loop only. */
final class Dialer {
  private final Switchboard switchboard;
  private final NettyLoop loop;
  private final Resolver resolver = new Resolver();
  private final Map<NodeAddress, Target> targets = new HashMap<>();

  Dialer(Switchboard switchboard, NettyLoop loop) {
    this.switchboard = switchboard;
    this.loop = loop;
  }

  void seek(Set<NodeAddress> addresses) {
    targets
        .entrySet()
        .removeIf(
            entry -> {
              boolean unwanted = !addresses.contains(entry.getKey());
              if (unwanted) {
                entry.getValue().drop();
              }
              return unwanted;
            });
    for (NodeAddress address : addresses) {
      if (!targets.containsKey(address)) {
        Target target = new Target(address, switchboard, loop, resolver);
        targets.put(address, target);
        target.start();
      }
    }
  }

  void connected(Hello peer) {
    targets.values().forEach(target -> target.connected(peer));
  }

  void lost(EngineId peer, boolean lasted) {
    targets.values().forEach(target -> target.lost(peer, lasted));
  }

  void stop() {
    seek(Set.of());
  }
}
