package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.JoinContract;

class ForkJoinContractTest extends JoinContract {
  @Override
  protected ClusterHarness newCluster() {
    return new ForkCluster();
  }
}
