package dev.cets.testkit;

class SimulatedOrderedSetTableContractTest extends OrderedSetTableContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(1);
  }
}
