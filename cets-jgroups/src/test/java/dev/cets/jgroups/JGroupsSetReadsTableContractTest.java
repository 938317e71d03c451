package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SetReadsContract;

class JGroupsSetReadsTableContractTest extends SetReadsContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
