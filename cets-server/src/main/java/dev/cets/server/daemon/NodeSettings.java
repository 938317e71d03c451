package dev.cets.server.daemon;

import dev.cets.CetsNode;
import dev.cets.spi.Discovery;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a daemon is started with.
 *
 * @param name the node's name
 * @param cluster the cluster's name
 * @param engine what carries the frames between nodes
 * @param bind the local address to listen on, for nodes
 * @param httpBind the local address to listen on, for HTTP
 * @param advertise where other nodes are told to reach this one; null: the bound host
 * @param port the port for other nodes; 0: a free one
 * @param http the port for HTTP; 0: a free one
 * @param discoveries whom to look for
 * @param tables the tables to open
 * @param protection what keeps others out
 * @param tuning sets times and limits
 */
public record NodeSettings(
    String name,
    String cluster,
    Engine engine,
    String bind,
    String httpBind,
    @Nullable AdvertiseOption advertise,
    int port,
    int http,
    List<Discovery> discoveries,
    List<TableOption> tables,
    Protection protection,
    UnaryOperator<CetsNode.Builder> tuning) {
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
    if (advertise == null && (bind.equals("0.0.0.0") || bind.equals("::"))) {
      throw new IllegalArgumentException(
          "--bind %s listens on every address, so --advertise HOST is needed: where other nodes reach this one"
              .formatted(bind));
    }
    protection.check(bind, httpBind);
  }
}
