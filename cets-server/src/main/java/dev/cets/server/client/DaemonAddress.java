package dev.cets.server.client;

import java.net.URI;

/**
 * Where a daemon serves HTTP.
 *
 * @param host a name or IP literal, IPv6 without brackets
 * @param port 1 to 65535
 */
public record DaemonAddress(String host, int port) {
  /**
   * Reads {@code [HOST:]PORT}; the host is 127.0.0.1 unless given.
   *
   * @throws IllegalArgumentException with one sentence for the person at the command line
   */
  public static DaemonAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 1 && port <= 65_535 && !host.isBlank()) {
        var address = new DaemonAddress(host, port);
        var unused = address.uri(false, "/");
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no address; [HOST:]PORT is needed, with a port of 1 to 65535");
  }

  /** Is it on this machine, for certain? */
  public boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || host.matches("127([.][0-9]{1,3}){3}");
  }

  URI uri(boolean tls, String pathAndQuery) {
    return URI.create((tls ? "https://" : "http://") + this + pathAndQuery);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
