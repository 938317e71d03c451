package dev.cets.server.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a demonstration came to.
 *
 * @param nodes how many processes there were
 * @param records how many records each replica has at the end
 * @param writes how many writes were acknowledged
 * @param unknownWrites how many ended "unknown", or in a broken connection with the killed node
 * @param seconds how long it took
 * @param equal whether all replicas of all tables are the same
 * @param killedNode the node that was killed
 * @param sessionsGoneMillis how long after that its sessions were gone from all others
 * @param refilledMillis how long after its new start it had all places again
 */
public record DemoResult(
    int nodes,
    long records,
    long writes,
    long unknownWrites,
    double seconds,
    boolean equal,
    String killedNode,
    long sessionsGoneMillis,
    long refilledMillis) {
  /** As one document; scripts rely on the names. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("nodes", nodes).put("records", records).put("writes", writes);
    json.put("unknownWrites", unknownWrites);
    json.put("seconds", Math.round(seconds * 10) / 10.0).put("equal", equal);
    json.put("killedNode", killedNode).put("sessionsGoneMillis", sessionsGoneMillis);
    return json.put("refilledMillis", refilledMillis);
  }
}
