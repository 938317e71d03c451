package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.FarPauseContract;

class NettyFarPauseTableContractTest extends FarPauseContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
