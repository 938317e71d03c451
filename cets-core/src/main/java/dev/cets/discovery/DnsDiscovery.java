package dev.cets.discovery;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes behind a name of DNS, asked anew at each question: its addresses (A and AAAA) with one
 * port for all, or its services (SRV), which say host and port each. No answer is kept.
 *
 * <p>A name that exists without such records is an answer of nobody. A name that does not exist is
 * an error, as a file that does not exist: it may be misspelt, it may come later, and a name server
 * that has just begun says so of any name; the last answer stands until DNS knows better.
 */
public final class DnsDiscovery implements Discovery {
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
  private static final int MAX_NAME_CHARS = 253;
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");

  /** Address records live for about so long in Kubernetes. */
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(DnsDiscovery.class);

  private final String name;

  /** Of all addresses; null: services are asked for, which say their ports. */
  private final @Nullable Integer port;

  private final List<NodeAddress> servers;
  private final @Nullable Path searchFile;
  private final int firstTryMillis;
  private final String description;

  private DnsDiscovery(
      String name,
      @Nullable Integer port,
      List<NodeAddress> servers,
      @Nullable Path searchFile,
      int firstTryMillis) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "DNS name is '%s'; 1 to %d characters are allowed: parts of at most 63 A-Z a-z 0-9 - _,"
                  .formatted(name, MAX_NAME_CHARS)
              + " with dots between");
    }
    this.name = name;
    this.port = port;
    this.servers = List.copyOf(servers);
    this.searchFile = searchFile;
    this.firstTryMillis = firstTryMillis;
    this.description =
        (port != null ? "DNS name " + name : "DNS service " + name)
            + (servers.isEmpty() ? "" : " at " + servers.getFirst());
  }

  static boolean isName(String text) {
    return text.length() <= MAX_NAME_CHARS && NAME.matcher(text).matches();
  }

  /**
   * The addresses of a name, all with this port.
   *
   * @param servers whom to ask; none: those of the system, with its search list
   */
  public static DnsDiscovery addresses(String name, int port, List<NodeAddress> servers) {
    var unused = new NodeAddress("any", port); // checks the port
    return of(name, port, servers);
  }

  /** The services of a name, such as {@code _cets._tcp.nodes.example}; servers as above. */
  public static DnsDiscovery services(String name, List<NodeAddress> servers) {
    return of(name, null, servers);
  }

  private static DnsDiscovery of(String name, @Nullable Integer port, List<NodeAddress> servers) {
    // Who names the servers means the names that they know.
    Path searchFile = servers.isEmpty() ? RESOLV_CONF : null;
    return new DnsDiscovery(name, port, servers, searchFile, DnsQueries.FIRST_TRY_MILLIS);
  }

  /** The same with another list of search domains. */
  DnsDiscovery searching(Path resolvConf) {
    return new DnsDiscovery(name, port, servers, resolvConf, firstTryMillis);
  }

  /** The same with another patience. */
  DnsDiscovery trying(int newFirstTryMillis) {
    return new DnsDiscovery(name, port, servers, searchFile, newFirstTryMillis);
  }

  @Override
  public Set<NodeAddress> discover() throws IOException {
    SearchList search = searchFile == null ? SearchList.NONE : SearchList.read(searchFile);
    List<String> fullNames = search.fullNames(name);
    boolean exists = false;
    try (DnsQueries dns = new DnsQueries(servers, firstTryMillis)) {
      for (String fullName : fullNames) {
        Optional<Set<NodeAddress>> found =
            port != null ? addresses(dns, fullName, port) : services(dns, fullName);
        if (found.isPresent() && !found.get().isEmpty()) {
          return Collections.unmodifiableSet(found.get());
        }
        exists |= found.isPresent();
      }
    } catch (IOException e) {
      throw new IOException("%s cannot be looked up: %s".formatted(description, e.getMessage()), e);
    }
    if (!exists) {
      throw new IOException(
          description
              + " does not exist"
              + (fullNames.size() > 1 ? ", nor in a domain of the search list" : ""));
    }
    return Set.of();
  }

  private static Optional<Set<NodeAddress>> addresses(DnsQueries dns, String fullName, int port)
      throws IOException {
    Optional<List<String>> four = dns.records(fullName, "A");
    if (four.isEmpty()) {
      return Optional.empty();
    }
    Set<NodeAddress> addresses = new TreeSet<>();
    four.get().forEach(host -> addresses.add(new NodeAddress(host, port)));
    try {
      // There are servers that know no AAAA and say so in a wrong way.
      dns.records(fullName, "AAAA")
          .orElse(List.of())
          .forEach(host -> addresses.add(new NodeAddress(host, port)));
    } catch (IOException e) {
      if (addresses.isEmpty()) {
        throw e;
      }
      LOG.debug("{} has IPv4 addresses, and its IPv6 addresses cannot be known", fullName, e);
    }
    return Optional.of(addresses);
  }

  /** Priorities and weights are for clients that choose; here every node counts. */
  private static Optional<Set<NodeAddress>> services(DnsQueries dns, String fullName)
      throws IOException {
    Optional<List<String>> records = dns.records(fullName, "SRV");
    if (records.isEmpty()) {
      return Optional.empty();
    }
    Set<NodeAddress> addresses = new TreeSet<>();
    for (String record : records.get()) {
      String[] parts = record.split(" ", -1); // priority, weight, port, host with a dot at its end
      String host = parts[3].substring(0, parts[3].length() - 1);
      // A dot alone, or no port, says that there is no such service here.
      if (!host.isEmpty() && !parts[2].equals("0")) {
        addresses.add(new NodeAddress(host, Integer.parseInt(parts[2])));
      }
    }
    return Optional.of(addresses);
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Duration longestInterval() {
    return INTERVAL;
  }
}
