package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.OrderedSetTableContract;

class JGroupsOrderedSetTableContractTest extends OrderedSetTableContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
