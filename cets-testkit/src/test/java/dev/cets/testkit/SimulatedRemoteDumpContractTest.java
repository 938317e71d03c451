package dev.cets.testkit;

class SimulatedRemoteDumpContractTest extends RemoteDumpContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(7);
  }
}
