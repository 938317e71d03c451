package dev.cets.jgroups;

import dev.cets.testkit.BarrierContract;
import dev.cets.testkit.ClusterHarness;

class JGroupsBarrierTableContractTest extends BarrierContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
