/** The node daemon, its HTTP interface, and the command line. */
module dev.cets.server {
  requires dev.cets;
  requires dev.cets.netty;
  requires static org.jspecify;
}
