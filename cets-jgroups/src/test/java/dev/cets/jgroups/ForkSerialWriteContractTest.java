package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SerialWriteContract;

class ForkSerialWriteContractTest extends SerialWriteContract {
  @Override
  protected ClusterHarness newCluster() {
    return new ForkCluster();
  }
}
