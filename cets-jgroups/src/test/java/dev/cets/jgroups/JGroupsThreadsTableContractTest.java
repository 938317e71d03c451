package dev.cets.jgroups;

import dev.cets.testkit.ThreadedCluster;
import dev.cets.testkit.ThreadsContract;

class JGroupsThreadsTableContractTest extends ThreadsContract {
  @Override
  protected ThreadedCluster newCluster() {
    return new JGroupsCluster();
  }
}
