package dev.cets.testkit;

class SimulatedBagTableContractTest extends BagTableContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(1);
  }
}
