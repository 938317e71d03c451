package dev.cets.jgroups;

import dev.cets.engine.EngineId;
import dev.cets.engine.Resolver;
import dev.cets.spi.NodeAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jgroups.Address;

/** The sought addresses. On the loop only. */
final class Dialer {
  private final Switchboard board;
  private final Settings settings;
  private final Resolver resolver = new Resolver();
  private final Map<NodeAddress, Target> targets = new HashMap<>();

  Dialer(Switchboard board, Settings settings) {
    this.board = board;
    this.settings = settings;
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
        Target target = new Target(address, board, settings, resolver);
        targets.put(address, target);
        target.start();
      }
    }
  }

  private List<Target> all() {
    return List.copyOf(targets.values());
  }

  /** A knock came back to its sender. */
  void self(long token) {
    all().forEach(target -> target.self(token));
  }

  /** Somebody has answered a knock. Is that still wanted? */
  boolean met(long token, Address from, Identity who) {
    return all().stream().anyMatch(target -> target.met(token, from, who));
  }

  void connected(Identity peer) {
    all().forEach(target -> target.connected(peer));
  }

  void lost(EngineId peer, long lastedNanos) {
    boolean lasted = lastedNanos > settings.redialMaxNanos();
    all().forEach(target -> target.lost(peer, lasted));
  }

  void notAnswered(Address peer, String reason) {
    all().forEach(target -> target.notAnswered(peer, reason));
  }

  void stop() {
    seek(Set.of());
  }
}
