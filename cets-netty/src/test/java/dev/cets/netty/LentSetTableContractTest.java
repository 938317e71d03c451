package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.SetTableContract;

class LentSetTableContractTest extends SetTableContract {
  @Override
  protected ClusterHarness newCluster() {
    return new LentCluster();
  }
}
