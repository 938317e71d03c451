package dev.cets.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.CetsException;
import dev.cets.NotAppliedException;
import dev.cets.UnknownOutcomeException;
import dev.cets.server.json.RecordFormat;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of a table: reads, writes, and how a write ended. */
class HttpRecordsTest extends HttpFixture {
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
  void key_empty_is400() throws Exception {
    problem(400, "GET", "/tables/places/records/", "");
  }
}
