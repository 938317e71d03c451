package dev.cets.testkit;

class SimulatedBagReadsContractTest extends BagReadsContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(14);
  }
}
