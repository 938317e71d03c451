package dev.cets.engine;

import dev.cets.spi.NodeAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine listens, and what peers are told of it. Of the two ways to advertise at most one
 * is set.
 *
 * @param host a local host name or IP
 * @param port 0 is any free one
 * @param advertisedHost told with the real port; null: the host itself
 * @param advertisedAddress told as it is; null: host and real port
 */
public record Bind(
    String host,
    int port,
    @Nullable String advertisedHost,
    @Nullable NodeAddress advertisedAddress) {
  /** Any free port, for this machine only. */
  public static final Bind LOCAL = new Bind("127.0.0.1", 0, null, null);

  /**
   * Somewhere.
   *
   * @throws IllegalArgumentException if there is no such port
   */
  public Bind {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port is " + port + "; 0 to 65535 is allowed");
    }
  }

  /** On another host. */
  public Bind onHost(String other) {
    return new Bind(other, port, advertisedHost, advertisedAddress);
  }

  /** On another port. */
  public Bind onPort(int other) {
    return new Bind(host, other, advertisedHost, advertisedAddress);
  }

  /** Told as this host. */
  public Bind advertise(String other) {
    return new Bind(host, port, other, null);
  }

  /** Told as this address. */
  public Bind advertise(NodeAddress other) {
    return new Bind(host, port, null, other);
  }

  /**
   * The address that the host says by itself, without a look-up; null: it is a name.
   *
   * @throws IllegalArgumentException if it is every address of this machine, and there is nothing
   *     to tell peers
   */
  public @Nullable InetAddress literal() {
    InetAddress literal = read(host);
    if (literal != null
        && literal.isAnyLocalAddress()
        && advertisedHost == null
        && advertisedAddress == null) {
      throw new IllegalArgumentException(host + " is no address for peers; say what to advertise");
    }
    return literal;
  }

  private static @Nullable InetAddress read(String host) {
    try {
      return Resolver.isLiteral(host) ? InetAddress.getByName(host) : null;
    } catch (UnknownHostException e) {
      return null; // the start will say so
    }
  }

  /** What peers are told, once the port is known. */
  public NodeAddress advertised(int realPort) {
    if (advertisedAddress != null) {
      return advertisedAddress;
    }
    return new NodeAddress(advertisedHost == null ? host : advertisedHost, realPort);
  }

  /** Host and port, for messages. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
