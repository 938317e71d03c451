package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.NodeDownHandlerContract;

class JGroupsNodeDownHandlerTableContractTest extends NodeDownHandlerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
