package dev.cets.testkit;

class SimulatedFarPauseContractTest extends FarPauseContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(6);
  }
}
