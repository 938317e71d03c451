package dev.cets.testkit;

class SimulatedSetReadsContractTest extends SetReadsContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(12);
  }
}
