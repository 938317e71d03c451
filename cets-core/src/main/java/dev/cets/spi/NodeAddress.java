package dev.cets.spi;

import java.util.Comparator;

/**
 * Where a node can be reached: a host name or IP literal (IPv6 without brackets), and a TCP port.
 * An address is not an identity: a node keeps its name when its address changes. The host is not
 * resolved here.
 *
 * <p>An engine that does not dial sockets itself says in the same form where its node is: JGroups'
 * own transport, for instance, tells the host and port at which JGroups listens. Nodes compare and
 * show such an address, and give it back to the engine that told it; nobody else dials it.
 *
 * @param host a host name or IP literal, not blank
 * @param port 1 to 65535
 */
public record NodeAddress(String host, int port) implements Comparable<NodeAddress> {
  private static final Comparator<NodeAddress> ORDER =
      Comparator.comparing(NodeAddress::host).thenComparingInt(NodeAddress::port);

  /** Checks the parts. */
  public NodeAddress {
    if (host.isBlank() || host.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("host is '" + host + "'; a name or an IP is needed");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + "; 1 to 65535 is allowed");
    }
  }

  /**
   * Reads {@code host:port} or {@code [ipv6]:port}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static NodeAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new IllegalArgumentException("'" + text + "' is no address; host:port is needed");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is no address; an IPv6 host needs brackets, as in [::1]:7800");
    }
    try {
      return new NodeAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no address; the port must be a number of 1 to 65535", e);
    }
  }

  @Override
  public int compareTo(NodeAddress other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
