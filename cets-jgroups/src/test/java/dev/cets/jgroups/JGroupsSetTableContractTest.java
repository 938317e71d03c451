package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SetTableContract;

class JGroupsSetTableContractTest extends SetTableContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
