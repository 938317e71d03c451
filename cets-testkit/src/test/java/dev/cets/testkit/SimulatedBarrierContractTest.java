package dev.cets.testkit;

class SimulatedBarrierContractTest extends BarrierContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(17);
  }
}
