package dev.cets.testkit;

class SimulatedRefusalContractTest extends RefusalContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(12);
  }
}
