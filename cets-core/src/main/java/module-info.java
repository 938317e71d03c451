/** In-memory tables, fully replicated to every node of a cluster. */
// The test kit is compiled after this module, so its name cannot be known here.
@SuppressWarnings("module")
module dev.cets {
  requires static transitive org.jspecify;
  requires java.naming;
  requires org.slf4j;

  exports dev.cets;
  exports dev.cets.spi;
  exports dev.cets.node to
      dev.cets.testkit;
  exports dev.cets.replication to
      dev.cets.testkit;
  exports dev.cets.table to
      dev.cets.testkit;
}
