package dev.cets.jgroups;

import dev.cets.testkit.BagReadsContract;
import dev.cets.testkit.ClusterHarness;

class JGroupsBagReadsTableContractTest extends BagReadsContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
