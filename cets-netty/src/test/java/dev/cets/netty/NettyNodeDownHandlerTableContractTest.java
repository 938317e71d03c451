package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.NodeDownHandlerContract;

class NettyNodeDownHandlerTableContractTest extends NodeDownHandlerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
