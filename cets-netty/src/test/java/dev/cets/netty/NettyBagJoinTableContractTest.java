package dev.cets.netty;

import dev.cets.testkit.BagJoinContract;
import dev.cets.testkit.ClusterHarness;

class NettyBagJoinTableContractTest extends BagJoinContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
