package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.RefusalContract;

class JGroupsRefusalTableContractTest extends RefusalContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
