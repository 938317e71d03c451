package dev.cets.netty;

import dev.cets.testkit.AsyncWritesContract;
import dev.cets.testkit.ClusterHarness;

class NettyAsyncWritesTableContractTest extends AsyncWritesContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
