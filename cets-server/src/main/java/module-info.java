/** The node daemon, its HTTP interface, and the command line. */
// Micrometer has a name for modules, but no descriptor.
@SuppressWarnings("requires-automatic")
module dev.cets.server {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires dev.cets;
  requires dev.cets.jgroups;
  requires dev.cets.jdbc;
  requires dev.cets.micrometer;
  requires dev.cets.netty;
  requires dev.cets.testkit;
  requires info.picocli;
  requires io.helidon.http;
  requires io.helidon.webserver;
  requires java.logging;
  requires java.net.http;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.slf4j;
  requires static org.jspecify;

  opens dev.cets.server.cli to
      info.picocli;
}
