package dev.cets.testkit;

class SimulatedBagListenerContractTest extends BagListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(17);
  }
}
