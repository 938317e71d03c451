package dev.cets.jgroups;

import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.ComparisonContract;

class JGroupsComparisonTableContractTest extends ComparisonContract {
  @Override
  protected ClusterHarness newCluster() {
    return new JGroupsCluster();
  }
}
