package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** The node itself over HTTP. */
final class NodeResource {
  private final NodeView node;

  NodeResource(NodeView node) {
    this.node = node;
  }

  void status(ServerRequest request, ServerResponse response) {
    var unused = new QueryParameters(request);
    Answers.json(response, Status.OK_200, StatusJson.of(node.status(), node.tables().values()));
  }

  void tables(ServerRequest request, ServerResponse response) {
    var unused = new QueryParameters(request);
    ObjectNode json = Json.object();
    json.set("tables", StatusJson.of(node.tables().values()));
    Answers.json(response, Status.OK_200, json);
  }

  /** Ready: in step with every node that can be reached. */
  void ready(ServerResponse response) {
    List<String> reasons = node.notReady();
    ObjectNode json = Json.object();
    json.put("status", reasons.isEmpty() ? "UP" : "DOWN");
    json.set("reasons", Json.sorted(reasons));
    Answers.json(
        response, reasons.isEmpty() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, json);
  }

  /** Alive: it answers. */
  static void live(ServerResponse response) {
    Answers.json(response, Status.OK_200, Json.object().put("status", "UP"));
  }
}
