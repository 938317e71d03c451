package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.JoinContract;

class NettyJoinTableContractTest extends JoinContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
