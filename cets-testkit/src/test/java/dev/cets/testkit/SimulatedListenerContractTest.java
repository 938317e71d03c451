package dev.cets.testkit;

class SimulatedListenerContractTest extends ListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(17);
  }
}
