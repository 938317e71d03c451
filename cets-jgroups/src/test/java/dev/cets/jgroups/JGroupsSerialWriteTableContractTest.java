package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SerialWriteContract;

class JGroupsSerialWriteTableContractTest extends SerialWriteContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
