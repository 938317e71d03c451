package dev.cets.netty;

import dev.cets.testkit.BagSerialWriteContract;
import dev.cets.testkit.ClusterHarness;

class NettyBagSerialWriteTableContractTest extends BagSerialWriteContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
