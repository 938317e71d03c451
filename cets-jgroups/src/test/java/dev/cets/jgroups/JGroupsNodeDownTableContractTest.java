package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.NodeDownContract;

class JGroupsNodeDownTableContractTest extends NodeDownContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
