package dev.cets.testkit;

class SimulatedComparisonContractTest extends ComparisonContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(31);
  }
}
