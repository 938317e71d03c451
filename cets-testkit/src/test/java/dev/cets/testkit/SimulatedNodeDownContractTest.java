package dev.cets.testkit;

class SimulatedNodeDownContractTest extends NodeDownContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(13);
  }
}
