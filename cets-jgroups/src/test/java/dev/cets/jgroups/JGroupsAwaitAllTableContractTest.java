package dev.cets.jgroups;

import dev.cets.testkit.AwaitAllContract;
import dev.cets.testkit.ClusterHarness;

class JGroupsAwaitAllTableContractTest extends AwaitAllContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
