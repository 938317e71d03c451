package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SerialWriteContract;

class NettySerialWriteTableContractTest extends SerialWriteContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
