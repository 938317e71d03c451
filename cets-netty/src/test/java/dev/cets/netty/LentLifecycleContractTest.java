package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.TableLifecycleContract;

class LentLifecycleContractTest extends TableLifecycleContract {
  @Override
  protected ClusterHarness newCluster() {
    return new LentCluster();
  }
}
