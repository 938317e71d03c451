package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.StatusContract;

class JGroupsStatusTableContractTest extends StatusContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
