package dev.cets.server.daemon;

import dev.cets.jgroups.JGroupsTransport;
import dev.cets.netty.NettyTransport;
import dev.cets.spi.NodeAddress;

/**
 * Where other nodes are told to reach this one: {@code HOST}, with the real port, or {@code
 * HOST:PORT}, such as when a port is mapped.
 */
public final class AdvertiseOption {
  /** So that a host alone can be checked as an address. */
  private static final int ANY_PORT = 1;

  private final NodeAddress address;
  private final boolean withPort;

  private AdvertiseOption(NodeAddress address, boolean withPort) {
    this.address = address;
    this.withPort = withPort;
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException with one sentence
   */
  public static AdvertiseOption parse(String text) {
    boolean bracketed = text.startsWith("[");
    int colons = (int) text.chars().filter(c -> c == ':').count();
    if (bracketed ? text.contains("]:") : colons == 1) {
      return new AdvertiseOption(NodeAddress.parse(text), true);
    }
    // More colons than one and no brackets: an IPv6 literal.
    String host = bracketed && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    return new AdvertiseOption(new NodeAddress(host, ANY_PORT), false);
  }

  void applyTo(NettyTransport.Builder transport) {
    if (withPort) {
      transport.advertise(address);
    } else {
      transport.advertise(address.host());
    }
  }

  void applyTo(JGroupsTransport.Builder transport) {
    if (withPort) {
      transport.advertise(address);
    } else {
      transport.advertise(address.host());
    }
  }

  @Override
  public String toString() {
    return withPort ? address.toString() : address.host();
  }
}
