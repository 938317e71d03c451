package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.StatusContract;

class NettyStatusTableContractTest extends StatusContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
