package dev.cets.testkit;

class SimulatedBagJoinContractTest extends BagJoinContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(15);
  }
}
