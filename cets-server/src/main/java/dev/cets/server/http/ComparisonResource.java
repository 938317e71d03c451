package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.TableComparison;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.TreeMap;

/** Comparisons of one table over HTTP. */
final class ComparisonResource {
  private final RecordTable table;

  ComparisonResource(RecordTable table) {
    this.table = table;
  }

  /** What was found, also where that is not equal or not known. */
  void compare(ServerRequest request, ServerResponse response) {
    var query = new QueryParameters(request, "timeout");
    Answers.json(response, Status.OK_200, json(table.compare(query.deadline())));
  }

  private static ObjectNode json(TableComparison comparison) {
    ObjectNode json = Json.object();
    json.put("table", comparison.table());
    json.put("equal", comparison.isEqual());
    ArrayNode nodes = json.putArray("nodes");
    new TreeMap<>(comparison.nodes())
        .forEach(
            (node, finding) -> {
              Instant equalSince = finding.equalSince();
              nodes
                  .addObject()
                  .put("node", node)
                  .put("state", finding.state().name())
                  .put("versions", finding.versions())
                  .put("equalSince", equalSince == null ? null : equalSince.toString())
                  .put("reason", finding.reason());
            });
    return json;
  }
}
