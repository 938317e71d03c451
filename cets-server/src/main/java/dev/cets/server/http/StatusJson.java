package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.ClusterStatus;
import dev.cets.DiscoveryStatus;
import dev.cets.JoinProgress;
import dev.cets.LinkStatus;
import dev.cets.NodeStatus;
import dev.cets.PeerStatus;
import dev.cets.TableStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Status in JSON, field by field: scripts rely on these names. */
final class StatusJson {
  private static final double MILLIS_PER_SECOND = 1000;

  private StatusJson() {}

  /** A node as it sees itself; it has no number before discovery has given it one. */
  static ObjectNode of(NodeStatus status, OptionalInt number, Collection<RecordTable> tables) {
    ObjectNode json = of(status);
    number.ifPresent(known -> json.put("number", known));
    ArrayNode discovery = json.putArray("discovery");
    status.discovery().forEach(backEnd -> discovery.add(of(backEnd)));
    ArrayNode peers = json.putArray("peers");
    status.peers().forEach(peer -> peers.add(of(peer)));
    json.set("tables", of(tables));
    return json;
  }

  /** A cluster as each node sees it. */
  static ObjectNode of(ClusterStatus status) {
    ObjectNode json = Json.object();
    ObjectNode nodes = json.putObject("nodes");
    status.nodes().forEach((name, node) -> nodes.set(name, of(node)));
    ObjectNode silent = json.putObject("silent");
    status.silent().forEach(silent::put);
    ObjectNode records = json.putObject("records");
    status
        .records()
        .forEach(
            (table, byNode) -> {
              ObjectNode counts = records.putObject(table);
              byNode.forEach(counts::put);
            });
    json.set("disagreements", Json.sorted(status.disagreements()));
    return json;
  }

  private static ObjectNode of(PeerStatus peer) {
    ObjectNode json = Json.object();
    json.put("node", peer.node());
    json.put("incarnation", peer.incarnation());
    json.put("address", peer.address());
    json.put("up", peer.up());
    json.put("since", peer.since().toString());
    json.put("seconds", seconds(peer.duration()));
    json.put("reason", peer.reason());
    return json;
  }

  private static ObjectNode of(NodeStatus status) {
    ObjectNode json = Json.object();
    json.put("node", status.node());
    json.put("cluster", status.cluster());
    json.put("incarnation", status.incarnation());
    json.put("state", status.state().name());
    json.put("at", status.at().toString());
    json.set("availableNodes", Json.sorted(status.availableNodes()));
    json.set("unavailableNodes", Json.sorted(status.unavailableNodes()));
    json.set("joinedNodes", Json.sorted(status.joinedNodes()));
    json.set("discoveredNodes", Json.sorted(status.discoveredNodes()));
    json.put("discoveryWorks", status.discoveryWorks());
    json.set("remoteNodesWithoutDiscovery", Json.sorted(status.remoteNodesWithoutDiscovery()));
    json.set("remoteNodesWithUnknownTables", Json.sorted(status.remoteNodesWithUnknownTables()));
    json.set("remoteUnknownTables", Json.sorted(status.remoteUnknownTables()));
    json.set("remoteNodesWithMissingTables", Json.sorted(status.remoteNodesWithMissingTables()));
    json.set("remoteMissingTables", Json.sorted(status.remoteMissingTables()));
    json.set("conflictNodes", Json.sorted(status.conflictNodes()));
    json.set("conflictTables", Json.sorted(status.conflictTables()));
    json.set("reasons", Json.sorted(status.reasons()));
    json.put("refusedConnections", status.refusedConnections());
    return json;
  }

  private static ObjectNode of(DiscoveryStatus backEnd) {
    ObjectNode json = Json.object();
    json.put("backEnd", backEnd.backEnd());
    json.put("phase", backEnd.phase().name());
    json.set("lastAnswer", Json.sorted(backEnd.lastAnswer()));
    json.put("lastError", backEnd.lastError());
    json.put("askedSecondsAgo", seconds(backEnd.askedAgo()));
    json.put("nextInSeconds", seconds(backEnd.nextIn()));
    return json;
  }

  private static @Nullable Double seconds(@Nullable Duration time) {
    return time == null ? null : time.toMillis() / MILLIS_PER_SECOND;
  }

  static ArrayNode of(Collection<RecordTable> tables) {
    ArrayNode array = Json.object().putArray("tables");
    for (RecordTable table : tables) {
      array.add(of(table));
    }
    return array;
  }

  private static ObjectNode of(RecordTable table) {
    TableStatus status = table.status();
    ObjectNode json = Json.object();
    json.put("name", status.name());
    json.put("type", status.type());
    json.put("keyField", table.format().keyField());
    json.put("ownership", status.ownership().name());
    json.put("records", status.records());
    json.put("hiddenRecords", status.hiddenRecords());
    json.put("unacknowledgedWrites", status.unacknowledgedWrites());
    json.put("unacknowledgedBytes", status.unacknowledgedBytes());
    json.put("leader", status.leader());
    ObjectNode links = json.putObject("links");
    new TreeMap<>(status.links()).forEach(links::put);
    ArrayNode details = json.putArray("linkDetails");
    new TreeMap<>(status.linkDetails()).forEach((node, link) -> details.add(of(node, link)));
    json.put("mended", status.mended());
    return json;
  }

  private static ObjectNode of(String node, LinkStatus link) {
    ObjectNode json = Json.object();
    json.put("node", node);
    json.put("state", link.state());
    json.put("seconds", seconds(link.age()));
    json.put("unacknowledgedWrites", link.unacknowledgedWrites());
    json.put("unacknowledgedBytes", link.unacknowledgedBytes());
    json.put("comparedAt", text(link.comparedAt()));
    json.put("equalSince", text(link.equalSince()));
    JoinProgress progress = link.progress();
    if (progress == null) {
      json.putNull("progress");
    } else {
      json.putObject("progress")
          .put("looked", progress.looked())
          .put("left", progress.left())
          .put("records", progress.records())
          .put("bytes", progress.bytes())
          .put("percent", progress.percent());
    }
    return json;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
