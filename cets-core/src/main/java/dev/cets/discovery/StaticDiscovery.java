package dev.cets.discovery;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.util.Set;
import java.util.TreeSet;

/** Always the same addresses. */
public record StaticDiscovery(Set<NodeAddress> addresses) implements Discovery {
  /** Copies them. */
  public StaticDiscovery {
    addresses = new TreeSet<>(addresses);
  }

  @Override
  public Set<NodeAddress> discover() {
    return addresses;
  }

  @Override
  public String description() {
    return "static list";
  }
}
