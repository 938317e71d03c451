package dev.cets.netty;

import dev.cets.testkit.BagReadsContract;
import dev.cets.testkit.ClusterHarness;

class NettyBagReadsTableContractTest extends BagReadsContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
