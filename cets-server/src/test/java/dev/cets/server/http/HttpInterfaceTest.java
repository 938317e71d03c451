package dev.cets.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.Change;
import dev.cets.ChangeListener;
import dev.cets.server.json.JsonRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, methods and failures, whatever they are about; the page and its figures. */
class HttpInterfaceTest extends HttpFixture {
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
  void requestLine_farTooLong_isRefusedAsAProblem() throws Exception {
    HttpResponse<String> response = send("GET", "/tables/places/records/" + "k".repeat(20_000), "");
    assertThat(response.statusCode()).isBetween(400, 499);
    assertThat(response.body()).contains("urn:cets:problem:");
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
