package dev.cets.testkit;

class SimulatedStatusContractTest extends StatusContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(31);
  }
}
