package dev.cets.netty;

import dev.cets.testkit.AwaitAllContract;
import dev.cets.testkit.ClusterHarness;

class LentAwaitAllContractTest extends AwaitAllContract {
  @Override
  protected ClusterHarness newCluster() {
    return new LentCluster();
  }
}
