package dev.cets.testkit;

class SimulatedJoinContractTest extends JoinContract {
  @Override
  protected ClusterHarness newCluster() {
    return new SimulatedCluster(11);
  }
}
