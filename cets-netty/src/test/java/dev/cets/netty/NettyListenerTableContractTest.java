package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.ListenerContract;

class NettyListenerTableContractTest extends ListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
