package dev.cets.testkit;

import dev.cets.Discoveries;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.util.Set;

class StaticDiscoveryContractTest extends DiscoveryContract {
  @Override
  protected Discovery knowing(Set<NodeAddress> nodes) {
    return Discoveries.of(nodes);
  }
}
