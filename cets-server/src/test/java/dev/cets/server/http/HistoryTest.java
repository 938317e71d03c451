package dev.cets.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.Conflict;
import dev.cets.NodeDown;
import dev.cets.server.json.BadRecordException;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.RecordFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of what has happened. */
class HistoryTest {
  private final History history = new History(() -> Instant.ofEpochMilli(2_000));

  private static JsonRecord record(String json) {
    try {
      return new RecordFormat("id").read(json.getBytes(StandardCharsets.UTF_8));
    } catch (BadRecordException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Conflict<String, JsonRecord> conflict(String key, String... records) {
    return new Conflict<>(
        "places",
        key,
        List.of(records).stream()
            .map(
                json ->
                    new Conflict.Version<>("n1", "n1#1", Instant.ofEpochMilli(1_000), record(json)))
            .toList());
  }

  @Test
  void conflict_found_isToldWithItsVersions() {
    history.found(conflict("a", "{\"id\":\"a\",\"n\":1}", "{\"id\":\"a\",\"n\":2}"));

    JsonNode json = history.json().path("conflicts").path(0);
    assertThat(json.path("at").asText()).isEqualTo("1970-01-01T00:00:02Z");
    assertThat(json.path("table").asText()).isEqualTo("places");
    assertThat(json.path("key").asText()).isEqualTo("a");
    assertThat(json.path("versions").findValuesAsText("text"))
        .containsExactly("{\"id\":\"a\",\"n\":1}", "{\"id\":\"a\",\"n\":2}");
    assertThat(json.path("versions").findValuesAsText("writtenAt"))
        .containsOnly("1970-01-01T00:00:01Z");
  }

  @Test
  void conflict_ofLongRecords_isCutBetweenCharacters() {
    String start = "{\"id\":\"a\",\"t\":\"";
    String even =
        start + "x".repeat((start.length() + 1) % 2) + "\uD83D\uDE00".repeat(2000) + "\"}";
    history.found(conflict("a", even, even));

    byte[] bytes = Json.bytes(history.json());

    assertThat(bytes.length).isPositive();
    JsonNode version = history.json().path("conflicts").path(0).path("versions").path(0);
    assertThat(version.path("text").asText()).hasSize(History.MAX_CHARS - 1);
    assertThat(version.path("cut").asBoolean()).isTrue();
  }

  @Test
  void losses_moreThanAreKept_leaveTheLatest() {
    for (int i = 1; i <= History.MAX + 5; i++) {
      history.lost(new NodeDown("n" + i, "places", i % 2 == 0));
    }

    JsonNode losses = history.json().path("nodeDowns");
    assertThat(losses).hasSize(History.MAX);
    assertThat(losses.path(0).path("node").asText()).isEqualTo("n105");
    assertThat(losses.path(History.MAX - 1).path("node").asText()).isEqualTo("n6");
  }
}
