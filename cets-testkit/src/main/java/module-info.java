/** Clusters in virtual time, with faults, inside a test; and the contract tests of the SPI. */
// The server is compiled after this module, so its name cannot be known here.
@SuppressWarnings("module")
module dev.cets.testkit {
  requires transitive dev.cets;
  requires static transitive org.jspecify;
  requires java.management;
  requires static org.assertj.core;
  requires static transitive org.junit.jupiter.api;

  exports dev.cets.testkit;
  exports dev.cets.testkit.scale to
      dev.cets.server;
  exports dev.cets.testkit.sim to
      dev.cets.server;
}
