package dev.cets.server.daemon;

import dev.cets.spi.Discovery;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a daemon is started with.
 *
 * @param name the node's name
 * @param cluster the cluster's name
 * @param bind the local address to listen on, for nodes and for HTTP
 * @param advertise the host that other nodes are told; null: the bound one
 * @param port the port for other nodes; 0: a free one
 * @param http the port for HTTP; 0: a free one
 * @param discoveries whom to look for
 * @param tables the tables to open
 * @param beat how often nodes tell each other that they live
 * @param silenceLimit how long a node may be silent before it is held to be down
 */
public record NodeSettings(
    String name,
    String cluster,
    String bind,
    @Nullable String advertise,
    int port,
    int http,
    List<Discovery> discoveries,
    List<TableOption> tables,
    Duration beat,
    Duration silenceLimit) {
  /** Checks what can be checked without opening anything. */
  public NodeSettings {
    discoveries = List.copyOf(discoveries);
    tables = List.copyOf(tables);
    Set<String> names = new HashSet<>();
    for (TableOption table : tables) {
      if (!names.add(table.name())) {
        throw new IllegalArgumentException(
            "table '" + table.name() + "' is given twice; names of tables must differ");
      }
    }
    requirePort("--port", port);
    requirePort("--http", http);
    if (advertise == null && (bind.equals("0.0.0.0") || bind.equals("::"))) {
      throw new IllegalArgumentException(
          "--bind %s listens on every address, so --advertise HOST is needed: where other nodes reach this one"
              .formatted(bind));
    }
  }

  private static void requirePort(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "%s is %d; 0 to 65535 is allowed, 0 for any free port".formatted(option, port));
    }
  }
}
