package dev.cets.netty;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;

/** The same behaviour with TLS and a secret. */
class NettySecuredTransportContractTest extends NettyTransportContractTest {
  private static final Credentials CLUSTER = new Credentials();

  @Override
  protected Transport newTransport() {
    return builder().build();
  }

  @Override
  protected Transport newTransportAt(NodeAddress address) {
    return builder().port(address.port()).build();
  }

  private static NettyTransport.Builder builder() {
    return NettyTransport.builder().tls(CLUSTER.good("node")).secret(Credentials.SECRET);
  }
}
