package dev.cets.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.CetsException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a node tells of itself, of its tables and of its cluster. */
class HttpStatusTest extends HttpFixture {
  @Test
  void status_discovery_tellsEachBackEnd() throws Exception {
    assertThat(ok("GET", "/status", "").path("discovery").toString())
        .isEqualTo(
            "[{\"backEnd\":\"file nodes.txt\",\"phase\":\"REGULAR\",\"lastAnswer\":[\"h:1\"],"
                + "\"lastError\":null,\"askedSecondsAgo\":1.5,\"nextInSeconds\":null}]");
  }

  @Test
  void status_number_isThereWhenDiscoveryHasGivenOne() throws Exception {
    assertThat(ok("GET", "/status", "").has("number")).isFalse();
    node.number = OptionalInt.of(7);
    assertThat(ok("GET", "/status", "").path("number").toString()).isEqualTo("7");
  }

  @Test
  void compare_tellsTheFindingForEachNode() throws Exception {
    JsonNode comparison = ok("POST", "/tables/places/compare?timeout=0.5", "");
    assertThat(comparison.toString())
        .isEqualTo(
            "{\"table\":\"places\",\"equal\":false,\"nodes\":["
                + "{\"node\":\"n2\",\"state\":\"EQUAL\",\"versions\":0,"
                + "\"equalSince\":\"1970-01-01T00:00:01Z\",\"reason\":\"\"},"
                + "{\"node\":\"n3\",\"state\":\"UNREACHABLE\",\"versions\":0,"
                + "\"equalSince\":null,\"reason\":\"is not connected\"}]}");
    assertThat(node.lastDeadline).isEqualTo(Duration.ofMillis(500));
    problem(404, "POST", "/tables/people/compare", "");
    problem(405, "GET", "/tables/places/compare", "");
    node.failure = new CetsException("node n1 was closed");
    problem(503, "POST", "/tables/places/compare", "");
  }

  @Test
  void status_hasTheContractsFieldsSorted() throws Exception {
    JsonNode status = ok("GET", "/status", "");
    assertThat(status.path("availableNodes").toString()).isEqualTo("[\"n1\",\"n2\"]");
    assertThat(status.fieldNames())
        .toIterable()
        .contains(
            "node",
            "cluster",
            "incarnation",
            "availableNodes",
            "unavailableNodes",
            "joinedNodes",
            "discoveredNodes",
            "discoveryWorks",
            "remoteNodesWithoutDiscovery",
            "remoteNodesWithUnknownTables",
            "remoteUnknownTables",
            "remoteNodesWithMissingTables",
            "remoteMissingTables",
            "conflictNodes",
            "conflictTables",
            "reasons",
            "tables");
    assertThat(status.path("peers").toString())
        .isEqualTo(
            "[{\"node\":\"n2\",\"incarnation\":\"n2#1\",\"address\":\"h:2\",\"up\":true,"
                + "\"since\":\"1970-01-01T00:00:00.500Z\",\"seconds\":0.5,\"reason\":\"\"}]");
  }

  @Test
  void status_ofAll_isThatOfEachNodeAndWhoIsSilent() throws Exception {
    JsonNode status = ok("GET", "/status?all=true&timeout=1.5", "");

    assertThat(status.path("nodes").path("n1").path("joinedNodes").toString())
        .isEqualTo("[\"n1\",\"n2\"]");
    assertThat(status.path("nodes").path("n1").has("peers")).isFalse();
    assertThat(status.path("silent").toString()).isEqualTo("{\"n9\":\"has not answered in time\"}");
    assertThat(status.path("records").toString()).isEqualTo("{\"places\":{\"n1\":7}}");
    assertThat(status.path("disagreements").toString()).isEqualTo("[\"n1 does not see n9\"]");
    assertThat(node.clusterDeadline).isEqualTo(java.time.Duration.ofMillis(1500));
    ok("GET", "/status?all", "");
    assertThat(node.clusterDeadline).isEqualTo(java.time.Duration.ofSeconds(2));
  }

  @Test
  void status_ofAllWithABadDeadline_is400() throws Exception {
    problem(400, "GET", "/status?all=true&timeout=0", "");
    problem(400, "GET", "/status?all=maybe", "");
  }

  @Test
  void tables_tellTypeAndKeyField() throws Exception {
    assertThat(ok("GET", "/tables", "").path("tables").toString())
        .isEqualTo(
            "[{\"name\":\"places\",\"type\":\"set\",\"keyField\":\"id\",\"ownership\":\"KEEP\","
                + "\"records\":0,\"hiddenRecords\":1,\"unacknowledgedWrites\":2,"
                + "\"unacknowledgedBytes\":3,\"leader\":\"n1\",\"links\":{\"n2\":\"joined\"},"
                + "\"linkDetails\":[{\"node\":\"n2\",\"state\":\"joined\",\"seconds\":1.5,"
                + "\"unacknowledgedWrites\":5,\"unacknowledgedBytes\":6,"
                + "\"comparedAt\":\"1970-01-01T00:00:00.700Z\",\"equalSince\":null,"
                + "\"progress\":{\"looked\":1,\"left\":2,\"records\":3,\"bytes\":4,"
                + "\"percent\":33}}],\"mended\":4}]");
  }

  @Test
  void health_notReady_is503WithReasonsWhileAlive() throws Exception {
    node.notReady = java.util.List.of("table places is not filled from n2");
    assertThat(ok("GET", "/health/live", "").path("status").asText()).isEqualTo("UP");
    HttpResponse<String> response = send("GET", "/health/ready", "");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("table places is not filled from n2");
    node.notReady = java.util.List.of();
    assertThat(ok("GET", "/health/ready", "").path("status").asText()).isEqualTo("UP");
  }

  @Test
  void health_notAlive_is503WithReasons() throws Exception {
    node.notAlive = java.util.List.of("node n1 does not answer");
    HttpResponse<String> response = send("GET", "/health/live", "");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("\"DOWN\"", "node n1 does not answer");
  }

  @Test
  void metrics_asked_areTextForPrometheus() throws Exception {
    HttpResponse<String> response = send("GET", "/metrics", "");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body()).isEqualTo("cets_node_up 1.0\n");
  }
}
