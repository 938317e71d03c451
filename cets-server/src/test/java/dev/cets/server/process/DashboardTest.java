package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.testbrowser.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard of real nodes in a real browser, used as people use it. */
class DashboardTest {
  private static final String UP = "document.querySelectorAll('#dots [data-state=up]').length";
  private static final String JOINED = "document.querySelectorAll('#lines .joined').length";
  private static final String FOLLOWED =
      "document.getElementById('changes').dataset.empty === 'Changes show here as they come.'";
  private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";

  /** What has moved that should stand still, as browsers count it: 0.1 is good for a whole page. */
  private static final String SHIFT =
      "(() => { const seen = new PerformanceObserver(() => {});"
          + " seen.observe({type: 'layout-shift', buffered: true});"
          + " return seen.takeRecords().reduce((sum, shift) => sum + shift.value, 0); })()";

  private static final String SHIFTED =
      "(() => { const seen = new PerformanceObserver(() => {});"
          + " seen.observe({type: 'layout-shift', buffered: true});"
          + " return seen.takeRecords().map(shift => shift.value + ' ' + shift.sources.map(at =>"
          + " at.node?.id || at.node?.className || at.node?.nodeName)); })()";

  private static Browser browser;
  private static HttpClient client;

  @TempDir private Path directory;

  @BeforeAll
  static void startBrowser() throws Exception {
    browser = new Browser();
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void endBrowser() {
    if (browser != null) {
      browser.close();
      client.shutdownNow();
    }
  }

  /** Such as of a policy that was broken, or of an error in a script. */
  @AfterEach
  void complainsOfNothing() {
    browser.leave();
    assertThat(browser.complaints()).isEmpty();
  }

  private static void write(String http, String table, String lines)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s/tables/%s/records".formatted(http, table)))
            .POST(BodyPublishers.ofString(lines))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  /** As they would be of a service. */
  private static String sessions(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                "{\"id\":\"user-%05d\",\"node\":\"chat-%d\",\"since\":\"2026-11-30T12:%02d:00Z\"}\n"
                    .formatted(i, i % 7, i % 60))
        .collect(Collectors.joining());
  }

  private static void open(String http) {
    browser.open("http://" + http + "/", false);
  }

  @Test
  void page_ofThreeNodes_showsThemAndTheirTablesAndTurnsOneGreyThatIsKilled() throws Exception {
    try (var cluster = new Cluster(directory, 3)) {
      cluster.startAll();
      write(cluster.http(1), "owned", sessions(0, 700));
      write(cluster.http(2), "kept", sessions(0, 300));
      write(cluster.http(3), "owned", sessions(700, 1200));
      open(cluster.http(1));
      browser.await(UP + " === 3 && " + JOINED + " === 3");
      browser.awaitText("#headline", "All 3 nodes are up and joined");
      browser.awaitText("[data-table=owned] td:nth-child(2)", "1,200");
      browser.awaitText("[data-table=owned] td:nth-child(6)", "for ");
      browser.await(FOLLOWED);
      write(cluster.http(2), "kept", sessions(0, 3));
      browser.awaitText("#changes [data-kind=update]", "user-00002");
      try (SteadyWriter writer = cluster.writer(2, "owned")) {
        browser.await(
            "Number(document.querySelector('[data-table=owned] .rate span').textContent) > 0");
        browser.screenshot(Path.of("target", "dashboard-light.png"));
        assertThat(writer.stop()).allMatch(write -> write.problem().isEmpty());
      }

      cluster.node(3).kill();
      browser.await("document.querySelector('[data-node=n3]').dataset.state === 'down'");
      browser.awaitText("#headline", "1 of 3 nodes down: n3");
      browser.awaitText("#losses li", "n3kept, owned");
      browser.awaitExactly("[data-table=owned] td:nth-child(3)", "500");
      assertThat(browser.eval(JOINED).asInt()).isOne();
      browser.prefer(true);
      browser.screenshot(Path.of("target", "dashboard-dark.png"));
      assertThat(browser.eval(SHIFT).asDouble())
          .as(() -> browser.eval(SHIFTED).toString())
          .isLessThan(0.02);
    }
  }

  @Test
  void page_nodesMeetThatWroteAloneBefore_showsTheJoinAndTheConflictWithItsVersions()
      throws Exception {
    try (var cluster = new Cluster(directory, 2)) {
      Path nodes = directory.resolve("nodes.txt");
      String both = Files.readString(nodes);
      Files.writeString(nodes, "# nobody yet\n");
      cluster.launch(1);
      cluster.launch(2);
      cluster.awaitServing(1);
      cluster.awaitServing(2);
      String large = "x".repeat(100_000);
      write(
          cluster.http(1),
          "kept",
          IntStream.range(0, 600)
              .mapToObj(i -> "{\"id\":\"large-%d\",\"text\":\"%s\"}\n".formatted(i, large))
              .collect(Collectors.joining()));
      write(cluster.http(1), "kept", "{\"id\":\"both\",\"by\":\"the first\"}");
      write(cluster.http(2), "kept", "{\"id\":\"both\",\"by\":\"<b>the second</b>\"}");
      open(cluster.http(2));
      browser.awaitText("#headline", "One node, alone");
      browser.eval(
          "(() => { window.bars = new Set(); new MutationObserver(() =>"
              + " document.querySelectorAll('#joins progress').forEach(bar =>"
              + " bars.add(bar.value))).observe(document.getElementById('joins'),"
              + " {subtree: true, childList: true, attributes: true}); })()");

      Files.writeString(nodes, both);
      browser.await(UP + " === 2 && " + JOINED + " === 1");
      browser.awaitText("#conflicts li", "both");
      assertThat(browser.eval("[...bars].some(value => value > 0 && value < 100)").asBoolean())
          .as("values of the bar: " + browser.eval("[...bars]"))
          .isTrue();
      assertThat(browser.eval("document.querySelector('#conflicts li ol').innerText").asText())
          .contains("n1", "{\"id\":\"both\",\"by\":\"the first\"}")
          .contains("n2", "{\"id\":\"both\",\"by\":\"<b>the second</b>\"}");
      browser.eval("document.querySelector('#conflicts button').click()");
      browser.awaitExactly("#found", "1 found");
      browser.awaitText("#rows", "<b>the second</b>");
    }
  }

  @Test
  void records_keyboardOnly_areFoundByPrefixFollowedLiveAndStayText() throws Exception {
    try (var daemon = new OneDaemon("kept:ordered:id")) {
      String http = "127.0.0.1:" + daemon.httpPort();
      write(http, "kept", sessions(0, 300));
      String key = HOSTILE.replace("\"", "\\\"");
      write(http, "kept", "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(key, key));
      open(http);
      browser.awaitText("#found", "the first 200");

      browser.press("/user-0001");
      browser.awaitExactly("#found", "10 found");
      browser.await(FOLLOWED);
      write(http, "kept", "{\"id\":\"user-00015\",\"node\":\"elsewhere\"}");
      browser.awaitText("#rows .fresh", "elsewhere");
      browser.awaitText("#changes [data-kind=update]", "user-00015");
      write(http, "kept", "{\"id\":\"user-00010a\"}");
      browser.awaitText("#rows .row:nth-child(2)", "user-00010a");

      browser.press(Browser.TAB + Browser.TAB + Browser.DOWN);
      browser.awaitText("#record", "\"id\": \"user-00010a\"");

      browser.press("/<img");
      browser.awaitExactly("#found", "1 found");
      browser.press(Browser.TAB + Browser.TAB + Browser.DOWN);
      browser.awaitText("#record", "onerror");
      assertThat(browser.eval("document.querySelector('#rows .row b').textContent").asText())
          .isEqualTo(HOSTILE);
      assertThat(browser.eval("document.querySelectorAll('main img').length").asInt()).isZero();
      assertThat(browser.eval("document.title").asText()).doesNotContain("owned");
    }
  }
}
