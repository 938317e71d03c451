/** In-memory tables, fully replicated to every node of a cluster. */
// These modules are compiled after this one, so their names cannot be known here.
@SuppressWarnings("module")
module dev.cets {
  requires static transitive org.jspecify;
  requires java.naming;
  requires jdk.jfr;
  requires org.slf4j;

  exports dev.cets;
  exports dev.cets.security;
  exports dev.cets.spi;
  exports dev.cets.engine to
      dev.cets.netty,
      dev.cets.jgroups;
  exports dev.cets.codec to
      dev.cets.testkit;
  exports dev.cets.files to
      dev.cets.server;
  exports dev.cets.node to
      dev.cets.testkit;
  exports dev.cets.replication to
      dev.cets.testkit;
  exports dev.cets.table to
      dev.cets.testkit;
  exports dev.cets.wire to
      dev.cets.testkit;
}
