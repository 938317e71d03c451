package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.ConflictContract;

class NettyConflictContractTest extends ConflictContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
