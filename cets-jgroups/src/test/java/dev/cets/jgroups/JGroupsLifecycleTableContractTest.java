package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.TableLifecycleContract;

class JGroupsLifecycleTableContractTest extends TableLifecycleContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
