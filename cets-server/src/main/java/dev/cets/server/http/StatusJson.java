package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.DiscoveryStatus;
import dev.cets.NodeStatus;
import dev.cets.TableStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Status in JSON, field by field: scripts rely on these names. */
final class StatusJson {
  private StatusJson() {}

  static ObjectNode of(NodeStatus status, Collection<RecordTable> tables) {
    ObjectNode json = Json.object();
    json.put("node", status.node());
    json.put("cluster", status.cluster());
    json.put("incarnation", status.incarnation());
    json.put("state", status.state().name());
    json.set("availableNodes", Json.sorted(status.availableNodes()));
    json.set("unavailableNodes", Json.sorted(status.unavailableNodes()));
    json.set("joinedNodes", Json.sorted(status.joinedNodes()));
    json.set("discoveredNodes", Json.sorted(status.discoveredNodes()));
    json.put("discoveryWorks", status.discoveryWorks());
    ArrayNode discovery = json.putArray("discovery");
    status.discovery().forEach(backEnd -> discovery.add(of(backEnd)));
    json.set("remoteNodesWithoutDiscovery", Json.sorted(status.remoteNodesWithoutDiscovery()));
    json.set("remoteNodesWithUnknownTables", Json.sorted(status.remoteNodesWithUnknownTables()));
    json.set("remoteUnknownTables", Json.sorted(status.remoteUnknownTables()));
    json.set("remoteNodesWithMissingTables", Json.sorted(status.remoteNodesWithMissingTables()));
    json.set("remoteMissingTables", Json.sorted(status.remoteMissingTables()));
    json.set("conflictNodes", Json.sorted(status.conflictNodes()));
    json.set("conflictTables", Json.sorted(status.conflictTables()));
    json.set("reasons", Json.sorted(status.reasons()));
    json.set("tables", of(tables));
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
    return time == null ? null : time.toMillis() / 1_000.0;
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
    return json;
  }
}
