package dev.cets.netty;

import dev.cets.testkit.ThreadedCluster;
import dev.cets.testkit.ThreadsContract;

class LentThreadsContractTest extends ThreadsContract {
  @Override
  protected ThreadedCluster newCluster() {
    return new LentCluster();
  }
}
