package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SetTableContract;

class ForkSetTableContractTest extends SetTableContract {
  @Override
  protected ClusterHarness newCluster() {
    return new ForkCluster();
  }
}
