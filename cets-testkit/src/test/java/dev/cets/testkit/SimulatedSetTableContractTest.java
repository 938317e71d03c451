package dev.cets.testkit;

class SimulatedSetTableContractTest extends SetTableContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(1);
  }
}
