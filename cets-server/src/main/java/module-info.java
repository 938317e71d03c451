/** The node daemon, its HTTP interface, and the command line. */
module dev.cets.server {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires dev.cets;
  requires dev.cets.jgroups;
  requires dev.cets.jdbc;
  requires dev.cets.netty;
  requires dev.cets.testkit;
  requires info.picocli;
  requires io.helidon.http;
  requires io.helidon.webserver;
  requires java.logging;
  requires java.net.http;
  requires org.slf4j;
  requires static org.jspecify;

  opens dev.cets.server.cli to
      info.picocli;
}
