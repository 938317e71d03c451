package dev.cets.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.examples.chat.Start.Child;
import dev.cets.testbrowser.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people with a browser each, and three nodes with a process each. */
class ChatTest {
  private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";
  private static final String BOB = "<b>Bob</b>";

  private static Browser alice;
  private static Browser bob;

  private final List<Child> nodes = new ArrayList<>();

  @TempDir private Path directory;

  @BeforeAll
  static void startBrowsers() throws Exception {
    alice = new Browser();
    bob = new Browser();
  }

  @AfterAll
  static void endBrowsers() {
    for (Browser browser : new Browser[] {alice, bob}) {
      if (browser != null) {
        browser.close();
      }
    }
  }

  @AfterEach
  void killNodes() throws Exception {
    for (Child node : nodes) {
      node.process.destroyForcibly().waitFor();
    }
  }

  /** Comes to this node's page, and goes into the room that it proposes. */
  private static void enter(Browser browser, String url, String name) {
    browser.open(url, false);
    browser.await("document.activeElement?.id === 'name'");
    browser.press(name + Browser.ENTER);
    browser.awaitText("#where", name + ", at ");
  }

  private static void say(Browser browser, String line) {
    browser.eval("document.getElementById('line').focus()");
    browser.press(line + Browser.ENTER);
  }

  private static String names(Browser browser) {
    return browser
        .eval("[...document.querySelectorAll('#people bdi')].map(e => e.textContent).join()")
        .asText();
  }

  @Test
  void chat_nodeOfOneIsKilled_theOtherSeesItAndBothGoOn() throws Exception {
    nodes.addAll(Start.start(3, 0, 0, directory.resolve("nodes.txt")));
    enter(alice, nodes.get(0).url(), "Alice");
    alice.await("document.querySelectorAll('#nodes li').length === 3");
    alice.awaitExactly("#home", "chat-1");
    enter(bob, nodes.get(1).url(), BOB);
    bob.awaitExactly("#home", "chat-1");
    alice.awaitExactly("#count", "2");
    bob.awaitExactly("#count", "2");
    assertThat(names(bob)).isEqualTo(BOB + ",Alice");

    say(alice, "Hello, is it you?");
    bob.awaitExactly("#lines li:last-child .text", "Hello, is it you?");
    say(bob, HOSTILE);
    alice.awaitExactly("#lines li:last-child .text", HOSTILE);
    assertThat(alice.eval("document.querySelectorAll('main img, main b').length").asInt()).isZero();
    assertThat(alice.eval("document.title").asText()).isEqualTo("Chat");
    say(bob, "It is; tell me when your node is gone.");
    alice.awaitText("#lines li:last-child", "gone");
    alice.screenshot(Path.of("target", "chat.png"));

    nodes.get(0).process.destroyForcibly().waitFor();
    bob.awaitExactly("#count", "1");
    assertThat(names(bob)).isEqualTo(BOB);
    bob.await("['chat-2', 'chat-3'].includes(document.getElementById('home').textContent)");
    say(bob, "Still here.");
    bob.awaitExactly("#lines li:last-child .text", "Still here.");

    alice.await("!document.getElementById('lost').hidden");
    alice.eval("document.querySelector('#ways [data-node=chat-3]').click()");
    alice.awaitExactly("#where", "Alice, at chat-3");
    alice.awaitExactly("#lines li:last-child .text", "Still here.");
    bob.awaitExactly("#count", "2");
    say(alice, "So am I.");
    bob.awaitExactly("#lines li:last-child .text", "So am I.");
    assertThat(alice.eval("location.hash").asText()).isEmpty();
    assertThat(alice.complaints()).isEmpty();
    assertThat(bob.complaints()).isEmpty();
  }
}
