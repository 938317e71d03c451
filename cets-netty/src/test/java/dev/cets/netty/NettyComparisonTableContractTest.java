package dev.cets.netty;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.ComparisonContract;

class NettyComparisonTableContractTest extends ComparisonContract {
  @Override
  protected ClusterHarness newCluster() {
    return new NettyCluster();
  }
}
