package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.NodeDownContract;

class NettyNodeDownTableContractTest extends NodeDownContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
