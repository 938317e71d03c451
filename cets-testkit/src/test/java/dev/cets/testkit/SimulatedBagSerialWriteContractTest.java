package dev.cets.testkit;

class SimulatedBagSerialWriteContractTest extends BagSerialWriteContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(1);
  }
}
