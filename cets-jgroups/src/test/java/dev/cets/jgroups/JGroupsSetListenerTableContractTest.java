package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SetListenerContract;

class JGroupsSetListenerTableContractTest extends SetListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
