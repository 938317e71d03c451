package dev.cets.testkit;

class SimulatedAwaitAllContractTest extends AwaitAllContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(5);
  }
}
