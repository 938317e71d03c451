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

/** Addresses by a name, of a real name server. */
class DnsNamesContractTest extends ChangingDiscoveryContract {
  private static final int PORT = 7800;

  private final Dnsmasq dnsmasq;
  private final Discovery discovery;

  DnsNamesContractTest(@TempDir Path directory) throws IOException {
    dnsmasq = new Dnsmasq(directory);
    discovery = Discoveries.dns("nodes.test", PORT, dnsmasq.address());
  }

  @AfterEach
  void end() throws InterruptedException {
    dnsmasq.close();
  }

  @Override
  protected List<NodeAddress> nodes() {
    return List.of(
        new NodeAddress("127.0.0.2", PORT),
        new NodeAddress("fd00::2", PORT),
        new NodeAddress("127.0.0.3", PORT),
        new NodeAddress("::1", PORT));
  }

  @Override
  protected Discovery knowing(Set<NodeAddress> nodes) throws Exception {
    dnsmasq.hosts(nodes.stream().map(node -> node.host() + " nodes.test").toList());
    return discovery;
  }

  @Override
  protected void breakSource() throws InterruptedException {
    dnsmasq.stop();
  }
}
