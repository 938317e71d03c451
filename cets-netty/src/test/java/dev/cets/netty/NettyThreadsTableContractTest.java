package dev.cets.netty;

import dev.cets.testkit.ThreadedCluster;
import dev.cets.testkit.ThreadsContract;

class NettyThreadsTableContractTest extends ThreadsContract {
  @Override
  protected ThreadedCluster newCluster() {
    return new NettyCluster();
  }
}
