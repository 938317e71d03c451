package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.OrderedSetListenerContract;

class NettyOrderedSetListenerTableContractTest extends OrderedSetListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
