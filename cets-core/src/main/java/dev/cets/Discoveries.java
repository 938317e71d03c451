package dev.cets;

import dev.cets.discovery.DnsDiscovery;
import dev.cets.discovery.FileDiscovery;
import dev.cets.discovery.PacedDiscovery;
import dev.cets.discovery.StaticDiscovery;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The built-in discovery back ends. A node may have several: what any of them tells counts, each is
 * asked at its own times, and one that fails does not keep the others from being used. Your own is
 * any {@link Discovery}; a lambda will do.
 */
public final class Discoveries {
  private Discoveries() {}

  /** Always the same addresses. */
  public static Discovery of(Set<NodeAddress> addresses) {
    return new StaticDiscovery(addresses);
  }

  /**
   * Always the same addresses, each {@code host:port}.
   *
   * @throws IllegalArgumentException if one of them is no address
   */
  public static Discovery of(String... addresses) {
    Set<NodeAddress> parsed = new TreeSet<>();
    for (String address : addresses) {
      parsed.add(NodeAddress.parse(address));
    }
    return of(parsed);
  }

  /**
   * The addresses in a file, one {@code host:port} a line, or several with spaces between. Blank
   * lines and what follows a {@code #} are skipped; a word that is no address is logged once, and
   * the others are used. The file may come later and change at any time: it is read again at least
   * every five seconds.
   */
  public static Discovery file(Path path) {
    return new FileDiscovery(path);
  }

  /**
   * The addresses of a name of DNS, IPv4 and IPv6, all with the same port: the name of a headless
   * service of Kubernetes, or any name with an address for each node. Asked anew at least every 30
   * seconds; no answer is kept, and the caches of {@code InetAddress} are not used.
   *
   * <p>A name that exists without addresses means nobody. One that does not exist is an error, as
   * are a server that fails and one that has not answered after three seconds.
   *
   * @param name complete, such as {@code cets.chat.svc.cluster.local}; a short one is completed by
   *     the search domains of {@code /etc/resolv.conf}
   * @param port of every node
   * @param servers whom to ask; none: the name servers of the system
   */
  public static Discovery dns(String name, int port, NodeAddress... servers) {
    return DnsDiscovery.addresses(name, port, List.of(servers));
  }

  /**
   * The services (SRV) of a name of DNS, each with host and port: for nodes whose ports differ.
   * Asked and answered as {@link #dns}; priorities and weights do not count.
   *
   * @param name such as {@code _cets._tcp.chat.example}
   * @param servers whom to ask; none: the name servers of the system
   */
  public static Discovery dnsService(String name, NodeAddress... servers) {
    return DnsDiscovery.services(name, List.of(servers));
  }

  /**
   * The same back end, asked at least this often when all is quiet, instead of as often as it wants
   * itself. A node's {@code discoveryInterval}, if shorter, still counts.
   *
   * @param interval more than zero
   */
  public static Discovery every(Duration interval, Discovery discovery) {
    return new PacedDiscovery(discovery, interval);
  }
}
