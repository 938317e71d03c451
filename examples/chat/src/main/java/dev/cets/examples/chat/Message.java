package dev.cets.examples.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cets.examples.chat.Tables.Line;
import dev.cets.examples.chat.Tables.Server;
import dev.cets.examples.chat.Tables.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a browser is told: the record as JSON, with its name in {@code type}. */
sealed interface Message {
  @JsonProperty
  default String type() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** You are in. With this token you can go on at any other node. */
  record Welcome(String name, String room, String node, String token) implements Message {}

  /** These are all who are in your room. */
  record People(List<Person> people) implements Message {
    static People of(Collection<Session> sessions) {
      return new People(sessions.stream().map(Person::of).toList());
    }
  }

  /** One more is, or is at another node now. */
  record Came(Person person) implements Message {}

  /** One less is. */
  record Gone(String name) implements Message {}

  /** Somebody who is in the room. */
  record Person(String name, String node) {
    static Person of(Session session) {
      return new Person(session.name(), session.node());
    }
  }

  /** This node is the home of your room; null: none is at the moment. */
  record Home(@Nullable String node) implements Message {}

  /** These are all nodes. */
  record Servers(List<Server> servers) implements Message {}

  /**
   * Somebody has said this. It may have been told before.
   *
   * @param at microseconds since 1970
   */
  record Said(String id, long at, String from, String text) implements Message {
    static Said of(Line line) {
      long at = ChronoUnit.MICROS.between(Instant.EPOCH, line.at());
      return new Said(at + " " + line.session(), at, line.from(), line.text());
    }
  }

  /**
   * Something did not go well.
   *
   * @param line what was not said because of it
   */
  record Problem(String text, @Nullable String line) implements Message {}

  /** The connection ends, and should not be made again by itself. */
  record Bye(String text) implements Message {}
}
