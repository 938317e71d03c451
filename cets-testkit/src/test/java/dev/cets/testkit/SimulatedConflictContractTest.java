package dev.cets.testkit;

class SimulatedConflictContractTest extends ConflictContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(1);
  }
}
