package dev.cets.netty;

import dev.cets.testkit.BagListenerContract;
import dev.cets.testkit.ClusterHarness;

class NettyBagListenerTableContractTest extends BagListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
