package dev.cets.bench.codec;

import java.time.Instant;
import java.util.List;

/** A record as a chat server would keep it: texts, a moment, an enum, a record, a list. */
public record ChatSession(
    String id,
    String user,
    String host,
    Instant since,
    Presence presence,
    int priority,
    Client client,
    List<String> features) {
  private static final long SOME_DAY = 1_700_000_000L;
  private static final long NANOS = 1_000_003;

  /** What others see of a user. */
  public enum Presence {
    AVAILABLE,
    AWAY,
    DO_NOT_DISTURB
  }

  /** The program at the other end. */
  public record Client(String name, String version, boolean mobile) {}

  /** The session of a number. */
  public static ChatSession of(long number) {
    return new ChatSession(
        "session-" + number,
        "user" + number % 1_000 + "@chat.example",
        "10.1.2." + number % 250,
        Instant.ofEpochSecond(SOME_DAY + number, number * NANOS % 1_000_000_000),
        Presence.values()[(int) (number % 3)],
        (int) (number % 128),
        new Client("Grüße", "7.2." + number % 10, number % 2 == 0),
        List.of("carbons", "sm:3", "mam:2"));
  }
}
