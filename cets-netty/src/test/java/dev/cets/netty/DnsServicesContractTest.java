package dev.cets.netty;

import dev.cets.Discoveries;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ChangingDiscoveryContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Hosts and ports by a service, of a real name server. */
class DnsServicesContractTest extends ChangingDiscoveryContract {
  private final Dnsmasq dnsmasq;
  private final Discovery discovery;

  DnsServicesContractTest(@TempDir Path directory) throws IOException {
    dnsmasq = new Dnsmasq(directory);
    discovery = Discoveries.dnsService("_cets._tcp.nodes.test", dnsmasq.address());
  }

  @AfterEach
  void end() throws InterruptedException {
    dnsmasq.close();
  }

  @Override
  protected List<NodeAddress> nodes() {
    return List.of(
        new NodeAddress("a.nodes.test", 7801),
        new NodeAddress("b.nodes.test", 7802),
        new NodeAddress("b.nodes.test", 65_535),
        new NodeAddress("does-not-resolve.invalid", 1));
  }

  @Override
  protected Discovery knowing(Set<NodeAddress> nodes) throws Exception {
    dnsmasq.services(nodes.stream().map(node -> node.host() + "," + node.port()).toList());
    return discovery;
  }

  @Override
  protected void breakSource() throws InterruptedException {
    dnsmasq.stop();
  }
}
