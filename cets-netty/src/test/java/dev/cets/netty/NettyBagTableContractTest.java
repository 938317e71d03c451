package dev.cets.netty;

import dev.cets.testkit.BagTableContract;
import dev.cets.testkit.ClusterHarness;

class NettyBagTableContractTest extends BagTableContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
