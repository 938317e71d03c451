package dev.cets.testkit;

class SimulatedSerialWriteContractTest extends SerialWriteContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(1);
  }
}
