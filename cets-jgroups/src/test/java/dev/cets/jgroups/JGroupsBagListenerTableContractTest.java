package dev.cets.jgroups;

import dev.cets.testkit.BagListenerContract;
import dev.cets.testkit.ClusterHarness;

class JGroupsBagListenerTableContractTest extends BagListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
