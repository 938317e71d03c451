package dev.cets.jgroups;

import dev.cets.testkit.AsyncWritesContract;
import dev.cets.testkit.ClusterHarness;

class JGroupsAsyncWritesTableContractTest extends AsyncWritesContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
