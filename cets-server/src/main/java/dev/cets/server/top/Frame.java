package dev.cets.server.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.console.Columns;
import dev.cets.server.console.Texts;
import dev.cets.server.top.Line.Mood;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One frame of {@code cets top}, as lines: the node, its tables, then the other nodes. */
public final class Frame {
  /** As wide as need be. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private static final String NOTHING = "-";
  private static final double MILLIS_PER_SECOND = 1000;

  private Frame() {}

  /**
   * The lines of a look.
   *
   * @param before the look before, for what happens in a second; null if there was none
   * @param width how many characters a line may have; columns that do not fit are left out
   */
  public static List<Line> of(@Nullable Look before, Look now, int width) {
    List<PeerRow> peers = PeerRow.of(now.status());
    List<Line> lines = new ArrayList<>(head(now.status(), peers));
    lines.addAll(tables(before, now, width));
    lines.addAll(nodes(peers, width));
    return lines.stream().map(line -> line.cut(width)).toList();
  }

  private static List<Line> head(JsonNode status, List<PeerRow> peers) {
    long down = peers.stream().filter(peer -> !peer.isUp()).count();
    List<Line> lines = new ArrayList<>();
    lines.add(
        plain(
            "%s of cluster %s, %s, %s"
                .formatted(
                    status.path("node").asText(),
                    status.path("cluster").asText(),
                    status.path("state").asText().toLowerCase(Locale.ROOT).replace('_', ' '),
                    status.path("at").asText().replaceFirst("[.]\\d+Z$", "Z"))));
    lines.add(
        plain(
            "nodes: %d up, %d down, %d joined; tables: %d"
                .formatted(
                    1 + peers.size() - down,
                    down,
                    status.path("joinedNodes").size(),
                    status.path("tables").size())));
    status
        .path("reasons")
        .forEach(reason -> lines.add(new Line("attention: " + reason.asText(), Mood.BAD)));
    return lines;
  }

  private static List<Line> tables(@Nullable Look before, Look now, int width) {
    Instant at = Instant.parse(now.status().path("at").asText());
    var rows =
        new Columns(
            "TABLE",
            "RECORDS",
            "WRITES/S",
            "FETCHED BYTES/S",
            "EQUAL SINCE",
            "UNACKNOWLEDGED",
            "HIDDEN",
            "TYPE");
    List<Mood> moods = new ArrayList<>();
    for (JsonNode table : now.status().path("tables")) {
      String name = table.path("name").asText();
      rows.add(
          name,
          Texts.count(table.path("records").asLong()),
          rate(before, now, CounterNames.WRITES, name),
          rate(before, now, CounterNames.FETCHED, name),
          equalSince(table, at),
          Texts.count(table.path("unacknowledgedWrites").asLong()),
          Texts.count(table.path("hiddenRecords").asLong()),
          table.path("type").asText());
      moods.add(table.path("mended").asLong() > 0 ? Mood.BAD : Mood.PLAIN);
    }
    return block(rows, moods, width);
  }

  private static List<Line> nodes(List<PeerRow> peers, int width) {
    var rows =
        new Columns("NODE", "STATE", "FOR", "LINKS", "JOIN", "UNACKNOWLEDGED", "ADDRESS", "WHY");
    List<PeerRow> worstFirst =
        peers.stream().sorted(Comparator.comparing(PeerRow::mood).reversed()).toList();
    worstFirst.forEach(peer -> rows.add(peer.texts()));
    return block(rows, worstFirst.stream().map(PeerRow::mood).toList(), width);
  }

  private static List<Line> block(Columns rows, List<Mood> moods, int width) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> texts = rows.lines(width);
    List<Line> lines = new ArrayList<>();
    lines.add(plain(""));
    lines.add(new Line(texts.getFirst(), Mood.HEAD));
    for (int i = 0; i < moods.size(); i++) {
      lines.add(new Line(texts.get(i + 1), moods.get(i)));
    }
    return lines;
  }

  private static String rate(@Nullable Look before, Look now, String counter, String table) {
    OptionalDouble rate =
        before == null ? OptionalDouble.empty() : now.rate(before, counter, table);
    return rate.isEmpty() ? NOTHING : Texts.count(Math.round(rate.getAsDouble()));
  }

  /** Since when it equals the replicas of all that are joined; not, if one of them is unknown. */
  private static String equalSince(JsonNode table, Instant at) {
    List<JsonNode> joined =
        stream(table.path("linkDetails"))
            .filter(link -> link.path("state").asText().equals(PeerRow.JOINED))
            .toList();
    if (joined.isEmpty() || !joined.stream().allMatch(link -> link.hasNonNull("equalSince"))) {
      return NOTHING;
    }
    Instant latest =
        joined.stream()
            .map(link -> Instant.parse(link.path("equalSince").asText()))
            .max(Comparator.naturalOrder())
            .orElse(at);
    Duration ago = latest.isAfter(at) ? Duration.ZERO : Duration.between(latest, at);
    return Texts.span(ago.toMillis() / MILLIS_PER_SECOND) + " ago";
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Line plain(String text) {
    return new Line(text, Mood.PLAIN);
  }
}
