package dev.cets.testkit;

class SimulatedTableLifecycleContractTest extends TableLifecycleContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(10);
  }
}
