package dev.cets.jgroups;

import dev.cets.testkit.BagJoinContract;
import dev.cets.testkit.ClusterHarness;

class JGroupsBagJoinTableContractTest extends BagJoinContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
