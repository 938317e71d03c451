package dev.cets.examples.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cets.CetsException;
import dev.cets.NotAppliedException;
import dev.cets.UnknownOutcomeException;
import dev.cets.examples.chat.Message.Bye;
import dev.cets.examples.chat.Message.Problem;
import dev.cets.examples.chat.Tables.Session;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser. It sends {@code enter} (name, room, perhaps a token), and {@code say} (text); what
 * it is sent are {@link Message}s. Each has a thread of its own, which may wait for a write.
 */
final class ChatSocket implements WsListener {
  private static final Logger log = LoggerFactory.getLogger(ChatSocket.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_NAME = 40;
  private static final int MAX_LINE = 2_000;
  private static final int MAX_TOKEN = 200;
  private static final int SHOWN = 60;

  private final Chat chat;
  private final Semaphore places;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
  private boolean placed;
  private @Nullable Outbox outbox;

  /** Takes one of the places for as long as it is open. */
  ChatSocket(Chat chat, Semaphore places) {
    this.chat = chat;
    this.places = places;
  }

  /** A page of another site must not talk for whoever looks at it. */
  @Override
  public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers)
      throws WsUpgradeException {
    String host = headers.first(HeaderNames.HOST).orElse("");
    String origin = headers.first(HeaderNames.ORIGIN).orElse("http://" + host);
    if (!origin.equals("http://" + host) && !origin.equals("https://" + host)) {
      throw new WsUpgradeException("from a page of " + origin);
    }
    return Optional.empty();
  }

  @Override
  public void onOpen(WsSession socket) {
    placed = places.tryAcquire();
    outbox = new Outbox(socket, this::ended);
    outbox.start();
    if (!placed) {
      tell(new Bye("This node is full; please try another one."));
    }
  }

  @Override
  public void onMessage(WsSession socket, String text, boolean last) {
    if (!placed) {
      return;
    }
    try {
      if (!last) {
        throw new Refusal("A message must come in one piece.");
      }
      handle(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      tell(new Problem("That is no JSON: " + shown(text), null));
    } catch (Refusal e) {
      tell(new Problem(e.getMessage(), null));
    } catch (CetsException e) {
      log.warn("could not do what a browser wanted", e);
      tell(new Problem("This node cannot do that: " + e.getMessage(), null));
    }
  }

  private void handle(JsonNode message) throws Refusal {
    String type = message.path("type").asText();
    switch (type) {
      case "enter" ->
          enter(
              name("name", message.path("name").asText()),
              name("room", message.path("room").asText()),
              message.path("token").asText());
      case "say" -> say(line(message.path("text").asText()));
      default -> throw new Refusal("The type is " + shown(type) + "; it must be enter or say.");
    }
  }

  private void enter(String name, String room, String token) throws Refusal {
    if (session.get() != null) {
      throw new Refusal("You are in already.");
    }
    boolean given = !token.isEmpty() && token.length() <= MAX_TOKEN;
    session.set(chat.enter(name, room, given ? token : null, Objects.requireNonNull(outbox)));
    if (ended.get()) { // meanwhile
      leave();
    }
  }

  private void say(String text) throws Refusal {
    Session speaker = session.get();
    if (speaker == null) {
      throw new Refusal("Please enter a room first.");
    }
    try {
      chat.say(speaker, text);
    } catch (NotAppliedException e) { // on no node
      tell(new Problem("This was not said; please try again: " + e.getMessage(), text));
    } catch (UnknownOutcomeException e) { // here, and on other nodes when they can be reached
      tell(
          new Problem(
              "Not yet seen by those at "
                  + String.join(", ", e.notAnswered())
                  + "; it will be when they answer.",
              null));
    }
  }

  private static String name(String what, String value) throws Refusal {
    String name = value.strip();
    if (name.isEmpty() || name.length() > MAX_NAME || !isText(name)) {
      throw new Refusal(
          "The %s is %s; it must have 1 to %d characters, and no controls."
              .formatted(what, shown(value), MAX_NAME));
    }
    return name;
  }

  private static String line(String text) throws Refusal {
    if (text.isBlank() || text.length() > MAX_LINE || !isText(text)) {
      throw new Refusal(
          "The line has %,d characters; it must have 1 to %,d, and no controls."
              .formatted(text.length(), MAX_LINE));
    }
    return text;
  }

  /** Without controls, and without halves of characters. */
  private static boolean isText(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  private static String shown(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
  }

  private void tell(Message message) {
    Objects.requireNonNull(outbox).accept(message);
  }

  @Override
  public void onClose(WsSession socket, int status, String reason) {
    Objects.requireNonNull(outbox).close();
  }

  /** Something here has failed; Helidon closes the socket. */
  @Override
  public void onError(WsSession socket, Throwable error) {
    log.error("a message of a browser has failed", error);
    Objects.requireNonNull(outbox).close();
  }

  private void ended() {
    ended.set(true);
    leave();
    if (placed) {
      places.release();
    }
  }

  private void leave() {
    Session left = session.getAndSet(null);
    if (left != null) {
      chat.leave(left);
    }
  }
}
