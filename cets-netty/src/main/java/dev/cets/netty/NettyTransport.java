package dev.cets.netty;

/** stub */
public final class NettyTransport {
  private NettyTransport() {}
}
