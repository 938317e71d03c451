package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.RemoteDumpContract;

class NettyRemoteDumpTableContractTest extends RemoteDumpContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
