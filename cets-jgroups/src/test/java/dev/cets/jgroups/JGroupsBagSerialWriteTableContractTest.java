package dev.cets.jgroups;

import dev.cets.testkit.BagSerialWriteContract;
import dev.cets.testkit.ClusterHarness;

class JGroupsBagSerialWriteTableContractTest extends BagSerialWriteContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
