package dev.cets.testkit;

class SimulatedAsyncWritesContractTest extends AsyncWritesContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(13);
  }
}
