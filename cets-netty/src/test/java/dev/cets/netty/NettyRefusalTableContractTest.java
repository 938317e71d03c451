package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.RefusalContract;

class NettyRefusalTableContractTest extends RefusalContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
