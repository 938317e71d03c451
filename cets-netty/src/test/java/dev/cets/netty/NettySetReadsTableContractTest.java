package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SetReadsContract;

class NettySetReadsTableContractTest extends SetReadsContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
