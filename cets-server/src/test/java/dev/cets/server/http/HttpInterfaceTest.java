package dev.cets.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cets.CetsException;
import dev.cets.Change;
import dev.cets.ChangeListener;
import dev.cets.NotAppliedException;
import dev.cets.UnknownOutcomeException;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.RecordFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpInterfaceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeNode node = new FakeNode();
  private HttpInterface http;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    http = HttpInterface.start("127.0.0.1", 0, HttpSecurity.NONE);
    http.serve(node);
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    http.close();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, body, "application/x-ndjson");
  }

  private HttpResponse<String> send(String method, String path, String body, String type)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + http.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private JsonNode ok(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private JsonNode problem(int status, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("type").asText()).startsWith("urn:cets:problem:");
    return problem;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "42", "a%20b", "a%2Fb", "a/b", "%2E", "%2E%2E", "a%3Bb=c", "%C3%A9%25", "+"})
  void put_thenGet_givesTheRecordBackWhateverTheKey(String encoded) throws Exception {
    String key = RequestPath.decode(encoded);
    String path = "/tables/places/records/" + encoded;
    String record = JSON.createObjectNode().put("id", key).put("n", 1).toString();
    assertThat(ok("PUT", path, record).toString())
        .isEqualTo("{\"written\":1,\"appliedBy\":[\"n1\",\"n2\"],\"left\":[\"n3\"]}");
    HttpResponse<String> response = send("GET", path, "");
    assertThat(response.body()).isEqualTo(record);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(node.records).containsOnlyKeys(key);
    assertThat(ok("DELETE", path, "").path("deleted").asInt()).isEqualTo(1);
    assertThat(ok("DELETE", path, "").path("deleted").asInt()).isZero();
    assertThat(problem(404, "GET", path, "").path("type").asText()).endsWith("absent-key");
  }

  @Test
  void page_andItsFiles_comeWithAPolicyThatLetsNothingElseIn() throws Exception {
    for (String path : List.of("/", "/dashboard/app.js", "/dashboard/style.css")) {
      HttpResponse<String> response = send("GET", path, "");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(response.body()).doesNotContain("https://").doesNotContain("innerHTML");
    }
    assertThat(problem(404, "GET", "/dashboard/..%2F..%2FMain.class", "").path("detail").asText())
        .contains("there is nothing at");
  }

  @Test
  void counts_changesOfATable_areToldByWhetherTheyAreItsOwn() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + "/counts")).build();
    HttpResponse<Stream<String>> response = client.send(request, BodyHandlers.ofLines());
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(node.listening.await(30, TimeUnit.SECONDS)).isTrue();
    ChangeListener<String, JsonRecord> told = Objects.requireNonNull(node.listener);
    told.changed(new Change<>("a", null, null, Change.Cause.LOCAL));
    told.changed(new Change<>("b", null, null, Change.Cause.REMOTE));
    told.changed(new Change<>("c", null, null, Change.Cause.JOIN));
    told.gap();
    try (Stream<String> lines = response.body()) {
      String event = lines.filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
      JsonNode json = JSON.readTree(event.substring("data: ".length()));
      assertThat(json.path("event").asText()).isEqualTo("counts");
      assertThat(json.path("seconds").asDouble()).isPositive();
      assertThat(json.path("tables").toString())
          .isEqualTo("[{\"name\":\"places\",\"local\":1,\"others\":2,\"gaps\":1}]");
    }
    http.close();
    assertThat(node.unlistened.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void put_anotherKeyInTheBody_isRefusedNamingBoth() throws Exception {
    JsonNode problem = problem(400, "PUT", "/tables/places/records/1", "{\"id\":2}");
    assertThat(problem.path("detail").asText()).contains("'1'").contains("'2'").contains("'id'");
    assertThat(node.records).isEmpty();
  }

  @Test
  void list_recordsOverTheBasicPlane_comeInOrderOfCodePoints() throws Exception {
    ok(
        "POST",
        "/tables/places/records",
        "{\"id\":\"\ud83d\ude00\"}\n{\"id\":\"\uffee\"}\n{\"id\":\"b\"}\n{\"id\":10}\n{\"id\":9}");
    HttpResponse<String> response = send("GET", "/tables/places/records", "");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/x-ndjson");
    assertThat(response.body().lines())
        .containsExactly(
            "{\"id\":10}",
            "{\"id\":9}",
            "{\"id\":\"b\"}",
            "{\"id\":\"\uffee\"}",
            "{\"id\":\"\ud83d\ude00\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=2 | a1 a2",
        "descending&limit=1 | b2",
        "descending=true&to=b1 | a2 a1",
        "descending=false&limit=1 | a1",
        "limit=0 | ''",
        "prefix=a | a1 a2",
        "from=a2 | a2 b1 b2",
        "to=b1 | a1 a2",
        "from=a2&to=b2&limit=1 | a2",
        "prefix=%C3%A9 | ''",
      })
  void list_withRange_givesOnlyThat(String query, String keys) throws Exception {
    ok(
        "POST",
        "/tables/places/records",
        "{\"id\":\"b2\"}\n{\"id\":\"a1\"}\n{\"id\":\"b1\"}\n{\"id\":\"a2\"}");
    String body = send("GET", "/tables/places/records?" + query, "").body();
    assertThat(body.lines().map(l -> l.replaceAll("[^ab0-9]", "")).collect(Collectors.joining(" ")))
        .isEqualTo(keys);
  }

  @Test
  void list_ofANode_isWhatThatNodeShowsByTheDeadline() throws Exception {
    ok("PUT", "/tables/places/records/1", "{\"id\":1}");
    String body = send("GET", "/tables/places/records?node=n%202&timeout=0.5", "").body();
    assertThat(body).isEqualTo("{\"id\":1}\n");
    assertThat(node.lastAsked).isEqualTo("n 2");
    assertThat(node.lastDeadline).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void list_ofANodeThatDoesNotAnswer_is503AndNoRecords() throws Exception {
    node.failure = new CetsException("no dump of node n2: the deadline passed");
    assertThat(problem(503, "GET", "/tables/places/records?node=n2", "").path("detail").asText())
        .isEqualTo("no dump of node n2: the deadline passed");
  }

  @Test
  void post_manyLines_areWrittenInBatches() throws Exception {
    String lines =
        IntStream.range(0, 1234)
            .mapToObj("{\"id\":%d}"::formatted)
            .collect(Collectors.joining("\r\n", "\n\n", "\n"));
    assertThat(ok("POST", "/tables/places/records", lines).path("written").asInt()).isEqualTo(1234);
    assertThat(node.batches).containsExactly(500, 500, 234);
    assertThat(node.records).hasSize(1234);
  }

  @Test
  void post_nothing_writesNothing() throws Exception {
    assertThat(ok("POST", "/tables/places/records", "").toString())
        .isEqualTo("{\"written\":0,\"appliedBy\":[],\"left\":[]}");
  }

  @Test
  void post_badLine_saysWhichAndThatTheLinesBeforeAreWritten() throws Exception {
    String lines = "{\"id\":1}\n\n{\"id\":2}\n{\"name\":3}\n{\"id\":4}";
    JsonNode problem = problem(400, "POST", "/tables/places/records", lines);
    assertThat(problem.path("line").asInt()).isEqualTo(4);
    assertThat(problem.path("written").asInt()).isEqualTo(2);
    assertThat(problem.path("detail").asText())
        .isEqualTo("line 4: the record has no field 'id', which is the key of this table");
    assertThat(node.records).containsOnlyKeys("1", "2");
  }

  @Test
  void post_applicationJson_isOneRecordOverSeveralLines() throws Exception {
    HttpResponse<String> response =
        send("POST", "/tables/places/records", "{\n \"id\": 1\n}", "application/json");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(node.records.get("1")).hasToString("{\"id\":1}");
  }

  @Test
  void post_lineTooLong_is413WithItsNumber() throws Exception {
    String lines =
        "{\"id\":1}\n{\"id\":2,\"x\":\"" + "y".repeat(RecordFormat.MAX_RECORD_BYTES) + "\"}\n";
    JsonNode problem = problem(413, "POST", "/tables/places/records", lines);
    assertThat(problem.path("line").asInt()).isEqualTo(2);
    assertThat(node.records).containsOnlyKeys("1");
  }

  @Test
  void put_bodyTooLarge_is413() throws Exception {
    String record = "{\"id\":1,\"x\":\"" + "y".repeat(3 * RecordFormat.MAX_RECORD_BYTES) + "\"}";
    assertThat(problem(413, "PUT", "/tables/places/records/1", record).path("detail").asText())
        .contains("1,048,576");
  }

  @Test
  void key_over1024Bytes_is413() throws Exception {
    problem(413, "GET", "/tables/places/records/" + "k".repeat(1025), "");
    problem(404, "GET", "/tables/places/records/" + "%C3%A9".repeat(512), "");
  }

  @Test
  void requestLine_farTooLong_isRefusedAsAProblem() throws Exception {
    HttpResponse<String> response = send("GET", "/tables/places/records/" + "k".repeat(20_000), "");
    assertThat(response.statusCode()).isBetween(400, 499);
    assertThat(response.body()).contains("urn:cets:problem:");
  }

  @Test
  void write_notApplied_is503() throws Exception {
    node.failure = new NotAppliedException("the table is paused");
    JsonNode problem = problem(503, "PUT", "/tables/places/records/1", "{\"id\":1}");
    assertThat(problem.path("detail").asText()).isEqualTo("the table is paused");
    problem(503, "DELETE", "/tables/places/records/1", "");
  }

  @Test
  void write_unknown_is504WithTheNodesThatHaveNotAnswered() throws Exception {
    node.failure = new UnknownOutcomeException("not known yet", Set.of("n3", "n2"));
    JsonNode problem = problem(504, "PUT", "/tables/places/records/1", "{\"id\":1}");
    assertThat(problem.path("notAnswered").toString()).isEqualTo("[\"n2\",\"n3\"]");
  }

  @Test
  void post_batchUnknown_saysWhichLinesAndHowManyAreWritten() throws Exception {
    node.failure = new UnknownOutcomeException("not known yet", Set.of("n2"));
    node.failAfterBatches = 1;
    String lines =
        IntStream.range(0, 800).mapToObj("{\"id\":%d}\n"::formatted).collect(Collectors.joining());
    JsonNode problem = problem(504, "POST", "/tables/places/records", lines);
    assertThat(problem.path("written").asInt()).isEqualTo(500);
    assertThat(problem.path("fromLine").asInt()).isEqualTo(501);
    assertThat(problem.path("toLine").asInt()).isEqualTo(800);
  }

  @Test
  void write_withTimeout_hasThatDeadline() throws Exception {
    ok("PUT", "/tables/places/records/1?timeout=0.25", "{\"id\":1}");
    assertThat(node.lastDeadline).isEqualTo(Duration.ofMillis(250));
    ok("DELETE", "/tables/places/records/1", "");
    assertThat(node.lastDeadline).isEqualTo(Duration.ofSeconds(10));
    for (String bad : new String[] {"0", "-1", "x", "1e9", "", "0.0009"}) {
      problem(400, "DELETE", "/tables/places/records/1?timeout=" + bad, "");
    }
  }

  @Test
  void table_unknown_is404NamingThoseThatThereAre() throws Exception {
    JsonNode problem = problem(404, "GET", "/tables/people/records", "");
    assertThat(problem.path("detail").asText())
        .isEqualTo("this node has no table 'people'; it has places");
    problem(404, "POST", "/tables/people/records", "{\"id\":1}");
    problem(404, "PUT", "/tables/people/records/1", "{\"id\":1}");
  }

  @Test
  void path_unknown_is404NamingThoseThatThereAre() throws Exception {
    assertThat(problem(404, "GET", "/table", "").path("detail").asText())
        .contains("'/table'")
        .contains("/tables");
  }

  @Test
  void method_notPossible_is405WithTheOthers() throws Exception {
    HttpResponse<String> response = send("PATCH", "/tables/places/records/1", "");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("DELETE, GET, PUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"limt=1", "limit=-1", "limit=x", "limit=", "descending=1"})
  void query_wrong_is400(String query) throws Exception {
    problem(400, "GET", "/tables/places/records?" + query, "");
  }

  @Test
  void key_empty_is400() throws Exception {
    problem(400, "GET", "/tables/places/records/", "");
  }

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

  @Test
  void start_portInUse_failsNamingIt() {
    assertThatThrownBy(() -> HttpInterface.start("127.0.0.1", http.port(), HttpSecurity.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1 port " + http.port())
        .hasMessageContaining("in use");
  }

  @Test
  void node_notServedYet_isStarting() throws Exception {
    try (HttpInterface early = HttpInterface.start("127.0.0.1", 0, HttpSecurity.NONE)) {
      URI uri = URI.create("http://127.0.0.1:" + early.port() + "/status");
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("urn:cets:problem:starting");
    }
  }

  @Test
  void handler_failsUnexpectedly_is500WithoutTheReason() throws Exception {
    node.failure = new IllegalStateException("secret");
    JsonNode problem = problem(500, "PUT", "/tables/places/records/1", "{\"id\":1}");
    assertThat(problem.toString()).doesNotContain("secret");
  }
}
