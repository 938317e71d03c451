package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SerialWriteContract;

class LentSerialWriteContractTest extends SerialWriteContract {
  @Override
  protected ClusterHarness newCluster() {
    return new LentCluster();
  }
}
