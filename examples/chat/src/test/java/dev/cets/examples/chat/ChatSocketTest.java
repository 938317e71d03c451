package dev.cets.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cets.CetsNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node alone, and browsers that do not behave. */
class ChatSocketTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 30;

  /** More than sockets and the outbox take together. */
  private static final int MANY_LINES = 20_000;

  private final CetsNode node = CetsNode.builder("n1").start();
  private final Chat chat = new Chat(node, InstantSource.system());
  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init") // before each test
  private ChatServer server;

  @BeforeEach
  void serve() throws Exception {
    chat.agree();
    server = ChatServer.start(chat, 0);
    chat.announce(server.url());
  }

  @AfterEach
  void end() {
    client.shutdownNow();
    server.close();
    node.close();
  }

  /** One end of a socket; it reads only as long as it is told to. */
  private final class Browser implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final boolean reads;
    private final WebSocket socket;

    Browser(boolean reads) throws Exception {
      this.reads = reads;
      socket =
          client
              .newWebSocketBuilder()
              .buildAsync(uri(), this)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onOpen(WebSocket opened) {
      if (reads) {
        opened.request(Long.MAX_VALUE);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          told.add(JSON.readTree(text.toString()));
        } catch (JsonProcessingException e) {
          throw new UncheckedIOException(e);
        }
        text.setLength(0);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket by, int status, String reason) {
      ended.countDown();
      return null;
    }

    Browser send(Object message) throws Exception {
      return sendText(JSON.writeValueAsString(message));
    }

    Browser sendText(String message) throws Exception {
      var unused = socket.sendText(message, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return this;
    }

    Browser enter(String name) throws Exception {
      return send(Map.of("type", "enter", "name", name, "room", "lobby"));
    }

    Browser say(String line) throws Exception {
      return send(Map.of("type", "say", "text", line));
    }

    /** The next message of one of these types. */
    JsonNode await(String... types) throws Exception {
      while (true) {
        JsonNode next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("no message comes of the type " + String.join(" or ", types));
        }
        if (List.of(types).contains(next.path("type").asText())) {
          return next;
        }
      }
    }

    String problem() throws Exception {
      return await("problem").path("text").asText();
    }
  }

  private URI uri() {
    return URI.create(server.url().replace("http", "ws") + "chat");
  }

  @Test
  void input_bad_isOneSentenceAndTheConnectionLivesOn() throws Exception {
    var browser = new Browser(true);
    assertThat(browser.sendText("{\"type\":").problem()).isEqualTo("That is no JSON: '{\"type\":'");
    assertThat(browser.sendText("[]").problem()).contains("type is ''", "enter or say");
    assertThat(browser.say("hello").problem()).isEqualTo("Please enter a room first.");
    assertThat(browser.enter(" ").problem()).startsWith("The name is ' '; it must have 1 to 40");
    assertThat(browser.enter("x".repeat(41)).problem()).startsWith("The name is 'xxx");
    assertThat(browser.enter("a\u0007b").problem()).contains("no controls");
    String half = "{\"type\": \"enter\", \"name\": \"a\\uD800b\", \"room\": \"lobby\"}";
    assertThat(browser.sendText(half).problem()).contains("no controls");

    var unused = browser.socket.sendText("{}", false).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(browser.problem()).isEqualTo("A message must come in one piece.");
    assertThat(browser.sendText("}").problem()).startsWith("That is no JSON");

    assertThat(browser.enter("alice").await("welcome").path("node").asText()).isEqualTo("n1");
    assertThat(browser.enter("bob").problem()).isEqualTo("You are in already.");
    assertThat(browser.say("x".repeat(2_001)).problem()).contains("2,001 characters");
    assertThat(browser.say("x".repeat(2_000)).await("said").path("text").asText()).hasSize(2_000);
  }

  @Test
  void socket_closedOrBrokenOff_endsTheSession() throws Exception {
    var alice = new Browser(true);
    alice.enter("alice").await("welcome");
    var bob = new Browser(true);
    bob.enter("bob").await("welcome");
    var carol = new Browser(true);
    carol.enter("carol").await("welcome");

    bob.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(carol.await("gone").path("name").asText()).isEqualTo("bob");
    alice.socket.abort();
    assertThat(carol.await("gone").path("name").asText()).isEqualTo("alice");
  }

  @Test
  void browser_cameBackElsewhereWithItsToken_endsTheFormerSocket() throws Exception {
    var former = new Browser(true);
    String token = former.enter("alice").await("welcome").path("token").asText();

    var back = new Browser(true);
    back.send(Map.of("type", "enter", "name", "alice", "room", "lobby", "token", token));

    back.await("welcome");
    former.await("bye");
    assertThat(former.ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void browser_doesNotRead_isCutOffAndHoldsUpNobody() throws Exception {
    var bob = new Browser(true);
    bob.enter("bob").await("welcome");
    var deaf = new Browser(false);
    deaf.enter("deaf");
    while (!bob.await("came").at("/person/name").asText().equals("deaf")) {}

    String line = "x".repeat(2_000);
    JsonNode next = bob.say(line).await("said", "gone");
    for (int i = 0; i < MANY_LINES && next.path("type").asText().equals("said"); i++) {
      next = bob.say(line).await("said", "gone");
    }

    assertThat(next.path("name").asText()).isEqualTo("deaf");
  }

  @Test
  void upgrade_fromAPageOfAnotherSite_isRefused() {
    assertThatThrownBy(
            () ->
                client
                    .newWebSocketBuilder()
                    .header("Origin", "http://elsewhere.example")
                    .buildAsync(uri(), new WebSocket.Listener() {})
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasMessageContaining("WebSocketHandshakeException");
  }
}
