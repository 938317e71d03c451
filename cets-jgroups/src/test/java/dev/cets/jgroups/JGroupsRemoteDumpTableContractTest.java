package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.RemoteDumpContract;

class JGroupsRemoteDumpTableContractTest extends RemoteDumpContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
