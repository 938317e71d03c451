package dev.cets.testkit;

class SimulatedNodeDownHandlerContractTest extends NodeDownHandlerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(19);
  }
}
