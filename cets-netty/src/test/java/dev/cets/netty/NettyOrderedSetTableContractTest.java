package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.OrderedSetTableContract;

class NettyOrderedSetTableContractTest extends OrderedSetTableContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
