package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.OrderedSetListenerContract;

class JGroupsOrderedSetListenerTableContractTest extends OrderedSetListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
