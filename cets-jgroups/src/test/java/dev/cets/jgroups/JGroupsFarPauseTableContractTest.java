package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.FarPauseContract;

class JGroupsFarPauseTableContractTest extends FarPauseContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
