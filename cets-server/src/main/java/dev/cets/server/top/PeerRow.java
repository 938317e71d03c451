package dev.cets.server.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.console.Texts;
import dev.cets.server.top.Line.Mood;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Another node, with this node's links to it.
 *
 * @param peer what the status says of it
 * @param links its link of each table that has one
 */
record PeerRow(JsonNode peer, List<Link> links) {
  static final String JOINED = "joined";
  private static final List<String> UNDER_WAY = List.of("joining", "linking");

  /** A table's link. */
  record Link(String table, JsonNode details) {
    String state() {
      return details.path("state").asText();
    }
  }

  static List<PeerRow> of(JsonNode status) {
    return Frame.stream(status.path("peers"))
        .map(peer -> new PeerRow(peer, links(status, peer.path("node").asText())))
        .toList();
  }

  private static List<Link> links(JsonNode status, String node) {
    return Frame.stream(status.path("tables"))
        .flatMap(
            table ->
                Frame.stream(table.path("linkDetails"))
                    .filter(link -> link.path("node").asText().equals(node))
                    .map(link -> new Link(table.path("name").asText(), link)))
        .toList();
  }

  boolean isUp() {
    return peer.path("up").asBoolean();
  }

  Mood mood() {
    if (!isUp()) {
      return Mood.BAD;
    }
    return links.stream().allMatch(link -> link.state().equals(JOINED)) ? Mood.PLAIN : Mood.BUSY;
  }

  /** In the order of the frame's columns. */
  String[] texts() {
    return new String[] {
      peer.path("node").asText(),
      isUp() ? "up" : "down",
      Texts.span(peer.path("seconds").asDouble()),
      isUp() ? orDash(states()) : "-",
      orDash(transfers()),
      Texts.count(
          links.stream()
              .mapToLong(link -> link.details().path("unacknowledgedWrites").asLong())
              .sum()),
      peer.path("address").asText(),
      isUp() ? why() : peer.path("reason").asText(),
    };
  }

  /** As "2 joined, 1 joining"; a state that is none of the known ones is the reason of no link. */
  private Stream<String> states() {
    Stream<String> known =
        Stream.concat(Stream.of(JOINED), UNDER_WAY.stream())
            .map(state -> counted(links.stream().filter(l -> l.state().equals(state)), state));
    return Stream.concat(known, Stream.of(counted(unlinked(), "none"))).filter(s -> !s.isEmpty());
  }

  private Stream<Link> unlinked() {
    return links.stream()
        .filter(link -> !link.state().equals(JOINED) && !UNDER_WAY.contains(link.state()));
  }

  private Stream<String> transfers() {
    return links.stream()
        .filter(link -> link.details().path("progress").isObject())
        .map(
            link ->
                "%s %d %% (%s records)"
                    .formatted(
                        link.table(),
                        link.details().path("progress").path("percent").asInt(),
                        Texts.count(link.details().path("progress").path("records").asLong())));
  }

  private String why() {
    return unlinked()
        .map(link -> link.table() + ": " + link.state())
        .collect(Collectors.joining("; "));
  }

  private static String counted(Stream<Link> some, String what) {
    long count = some.count();
    return count == 0 ? "" : count + " " + what;
  }

  private static String orDash(Stream<String> texts) {
    String joined = texts.collect(Collectors.joining(", "));
    return joined.isEmpty() ? "-" : joined;
  }
}
