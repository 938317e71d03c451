package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.ConflictContract;

class JGroupsConflictContractTest extends ConflictContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
