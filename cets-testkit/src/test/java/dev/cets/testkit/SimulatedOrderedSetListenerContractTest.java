package dev.cets.testkit;

class SimulatedOrderedSetListenerContractTest extends OrderedSetListenerContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(17);
  }
}
