package dev.cets.jdbc;

import dev.cets.spi.NodeAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes addresses of rows. A row that cannot be used is logged once for as long as it stands. */
final class Addresses {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.discovery");

  private Set<Row> reported = Set.of();

  /**
   * The addresses of these rows. A node that did not say where it is is looked for under its name:
   * the part behind an {@code @} if there is one, with the port in it, or this one.
   */
  Set<NodeAddress> of(Collection<Row> rows, int port) {
    Set<NodeAddress> addresses = new TreeSet<>();
    Set<Row> refused = new HashSet<>();
    for (Row row : rows) {
      try {
        addresses.add(address(row, port));
      } catch (IllegalArgumentException e) {
        refused.add(row);
        if (!reported.contains(row)) {
          LOG.warn("node {} cannot be looked for: {}; the others are used", row.node(), shown(e));
        }
      }
    }
    reported = refused;
    return Collections.unmodifiableSet(addresses);
  }

  private static NodeAddress address(Row row, int port) {
    String told = row.address();
    if (told != null && !told.isBlank()) {
      return NodeAddress.parse(told.strip());
    }
    String host = row.node().substring(row.node().lastIndexOf('@') + 1);
    return host.indexOf(':') >= 0 ? NodeAddress.parse(host) : new NodeAddress(host, port);
  }

  private static String shown(IllegalArgumentException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?");
  }
}
