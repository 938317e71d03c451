package dev.cets.testkit;

class SimulatedSetListenerContractTest extends SetListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(17);
  }
}
