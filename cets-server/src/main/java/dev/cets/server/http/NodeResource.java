package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;

/** The node itself over HTTP. */
final class NodeResource {
  /** How long the other nodes of a cluster may take to tell how they see it. */
  private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(2);

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final NodeView node;
  private final Refusals refusals;

  NodeResource(NodeView node, Refusals refusals) {
    this.node = node;
    this.refusals = refusals;
  }

  void status(ServerRequest request, ServerResponse response) {
    var query = new QueryParameters(request, "all", "timeout");
    ObjectNode json =
        query.flag("all")
            ? StatusJson.of(node.clusterStatus(query.deadline(DEFAULT_DEADLINE)))
            : StatusJson.of(node.status(), node.number(), node.tables().values())
                .put("refusedRequests", refusals.count());
    Answers.json(response, Status.OK_200, json);
  }

  void tables(ServerRequest request, ServerResponse response) {
    var unused = new QueryParameters(request);
    ObjectNode json = Json.object();
    json.set("tables", StatusJson.of(node.tables().values()));
    Answers.json(response, Status.OK_200, json);
  }

  void history(ServerRequest request, ServerResponse response) {
    var unused = new QueryParameters(request);
    Answers.json(response, Status.OK_200, node.history().json());
  }

  /** For Prometheus and whoever reads its format. */
  void metrics(ServerRequest request, ServerResponse response) {
    var unused = new QueryParameters(request);
    response.header("Content-Type", METRICS_TYPE).send(node.metrics());
  }

  /** Ready: it was in step with every node that can be reached, and takes part. */
  void ready(ServerResponse response, boolean withReasons) {
    health(response, node.notReady(), withReasons);
  }

  /** Alive: its one loop answers. A node that sees nobody lives as well as any. */
  void live(ServerResponse response, boolean withReasons) {
    health(response, node.notAlive(), withReasons);
  }

  /** Alive: it answers, though it is not there yet. */
  static void starting(ServerResponse response) {
    health(response, List.of(), true);
  }

  /** Probes have no token, and get the word alone; the reasons name nodes and tables. */
  private static void health(ServerResponse response, List<String> reasons, boolean withReasons) {
    ObjectNode json = Json.object();
    json.put("status", reasons.isEmpty() ? "UP" : "DOWN");
    json.set("reasons", Json.sorted(withReasons ? reasons : List.of()));
    Answers.json(
        response, reasons.isEmpty() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, json);
  }
}
