package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SetListenerContract;

class NettySetListenerTableContractTest extends SetListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
