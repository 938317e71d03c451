package dev.cets.netty;

import dev.cets.testkit.BarrierContract;
import dev.cets.testkit.ClusterHarness;

class NettyBarrierTableContractTest extends BarrierContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
