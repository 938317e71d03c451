package dev.cets.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.ClusterStatus;
import dev.cets.NodeCounters;
import dev.cets.NodeState;
import dev.cets.NodeStatus;
import dev.cets.PeerStatus;
import dev.cets.testbrowser.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard in a real browser, of a node that says what it is told to. */
class DashboardPageTest {
  private static final String TOKEN = "the-token-for-reading";

  private static Browser browser;

  private final FakeNode node = new FakeNode();

  @SuppressWarnings("NullAway.Init") // each test opens it
  private HttpInterface http;

  @BeforeAll
  static void startBrowser() throws Exception {
    browser = new Browser();
  }

  @AfterAll
  static void endBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void stop() {
    browser.leave();
    http.close();
    // Of the token that is not shown yet, for one.
    var unused = browser.complaints();
  }

  private void open(Tokens tokens, boolean dark) throws IOException {
    http = HttpInterface.start("127.0.0.1", 0, new HttpSecurity(null, tokens));
    http.serve(node);
    browser.open("http://127.0.0.1:" + http.port() + "/", dark);
  }

  @Test
  void page_tokenIsNeeded_asksUntilItIsRightAndKeepsItInTheTab() throws Exception {
    open(new Tokens(Token.of(TOKEN), null), false);
    browser.await("document.getElementById('ask').open");
    browser.press("another-token-than-that" + Browser.ENTER);
    browser.awaitText("#ask-why", "does not know that token");
    browser.await("document.getElementById('ask').open");
    assertThat(browser.eval("document.getElementById('seen').textContent").asText()).isEmpty();

    browser.press(TOKEN + Browser.ENTER);
    browser.awaitText("#seen", "as n1 sees it");
    assertThat(browser.eval("document.getElementById('ask').open").asBoolean()).isFalse();
    browser.eval("location.reload()");
    browser.awaitText("#seen", "as n1 sees it");
    assertThat(browser.eval("localStorage.length + document.cookie.length").asInt()).isZero();
  }

  @Test
  void join_underWay_movesItsBar() throws Exception {
    node.percent = 10;
    open(Tokens.NONE, false);
    browser.await("document.querySelector('#joins progress')?.value === 10");

    node.percent = 72;

    browser.await("document.querySelector('#joins progress').value === 72");
    browser.awaitText("#joins li", "72 % · 3 records · 4 B");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void picture_thirtyNodes_showsEachAndWhoDoesNotSeeWhom() throws Exception {
    List<String> all = names(30);
    List<String> live = names(29);
    List<String> withoutN7 = live.stream().filter(name -> !name.equals("n7")).toList();
    List<String> withoutN3 = live.stream().filter(name -> !name.equals("n3")).toList();
    var down =
        new PeerStatus(
            "n30",
            "n30#1",
            "10.0.0.30:7800",
            false,
            Instant.EPOCH,
            Duration.ofSeconds(90),
            "silent for 8 s");
    node.ownStatus = status("n1", live, all, List.of(down));
    Map<String, NodeStatus> views = new TreeMap<>();
    for (String name : live) {
      List<String> seen = name.equals("n3") ? withoutN7 : name.equals("n7") ? withoutN3 : live;
      views.put(name, status(name, seen, all, List.of()));
    }
    node.clusterStatus =
        new ClusterStatus(
            views, Map.of("n12", "has not answered in time"), Map.of(), List.of("n3 misses n7"));
    views.remove("n12");
    open(Tokens.NONE, true);

    browser.await("document.querySelectorAll('#dots g').length === 30");
    browser.await("document.querySelectorAll('#lines .cut').length === 1");
    browser.awaitText("#headline", "1 of 30 nodes down: n30, for 90 s");
    assertThat(browser.eval("document.querySelectorAll('#dots [data-state=up]').length").asInt())
        .isEqualTo(28);
    assertThat(browser.eval("document.querySelector('[data-node=n12]').dataset.state").asText())
        .isEqualTo("silent");
    assertThat(browser.eval("document.querySelectorAll('#lines line').length").asInt())
        .isEqualTo(29 * 28 / 2);
    // The whole picture is one stop of the tabulator; arrows go from node to node.
    browser.eval("document.querySelector('#dots [tabindex=\"0\"]').focus()");
    browser.press(Browser.RIGHT.repeat(2));
    browser.awaitText("#node", "n3");
    browser.screenshot(Path.of("target", "dashboard-30.png"));
    assertThat(browser.complaints()).isEmpty();
  }

  private static List<String> names(int size) {
    return IntStream.rangeClosed(1, size).mapToObj(i -> "n" + i).toList();
  }

  private static NodeStatus status(
      String name, List<String> seen, List<String> all, List<PeerStatus> peers) {
    List<String> none = List.of();
    List<String> missing = all.stream().filter(other -> !seen.contains(other)).toList();
    return new NodeStatus(
        name,
        "thirty",
        name + "#1",
        NodeState.RUNNING,
        Instant.EPOCH,
        seen,
        missing,
        seen,
        all,
        true,
        List.of(),
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        none,
        0,
        peers,
        new NodeCounters(0, 0, 0, 0, 0, 0));
  }
}
