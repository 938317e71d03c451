package dev.cets.jgroups;

import dev.cets.testkit.BagTableContract;
import dev.cets.testkit.ClusterHarness;

class JGroupsBagTableContractTest extends BagTableContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
