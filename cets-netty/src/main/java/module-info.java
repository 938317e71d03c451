/** The default engine: one TCP connection per pair of nodes. The only module that sees Netty. */
module dev.cets.netty {
  requires transitive dev.cets;
  requires static org.jspecify;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires org.slf4j;

  exports dev.cets.netty;
}
