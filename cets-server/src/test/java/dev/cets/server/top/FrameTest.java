package dev.cets.server.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cets.server.top.Line.Mood;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a frame says, from status documents as a daemon tells them. */
class FrameTest {
  private static final long SECOND = 1_000_000_000;

  /** A document of node n1 with one table; peers and their links are given. */
  private static Look look(long nanos, String counters, List<String> peers, List<String> links)
      throws JsonProcessingException {
    String status =
        """
        {"node":"n1","cluster":"cets","state":"RUNNING","at":"2026-01-01T12:00:00.250Z",
         "joinedNodes":["n1","n2"],"reasons":["n4 cannot be reached\\u001b[2J"],
         "peers":[%s],
         "tables":[{"name":"places","type":"set","records":49025,"hiddenRecords":7,
                    "unacknowledgedWrites":3,"mended":0,"linkDetails":[%s]}]}
        """
            .formatted(String.join(",", peers), String.join(",", links));
    JsonNode json = new ObjectMapper().readTree(status);
    return new Look(json, Counters.parse(counters), nanos);
  }

  private static String peer(String name, boolean up, String reason) {
    return "{\"node\":\"%s\",\"up\":%s,\"seconds\":62.0,\"address\":\"10.0.0.1:7800\",\"reason\":\"%s\"}"
        .formatted(name, up, reason);
  }

  private static String link(String name, String state, @Nullable String equal, int percent) {
    return """
    {"node":"%s","state":"%s","seconds":1.0,"unacknowledgedWrites":3,"equalSince":%s,
     "progress":%s}
    """
        .formatted(
            name,
            state,
            equal == null ? "null" : "\"" + equal + "\"",
            percent == 0 ? "null" : "{\"percent\":" + percent + ",\"records\":12000}");
  }

  private static Look three() throws JsonProcessingException {
    return look(
        0,
        "",
        List.of(peer("n2", true, ""), peer("n3", true, ""), peer("n4", false, "is silent")),
        List.of(link("n2", "joined", "2026-01-01T11:58:58Z", 0), link("n3", "joining", null, 45)));
  }

  private static List<String> texts(List<Line> frame) {
    return frame.stream().map(Line::text).toList();
  }

  @Test
  void frame_wide_showsTablesThenTheOtherNodesWorstFirst() throws Exception {
    List<Line> frame = Frame.of(null, three(), Frame.UNLIMITED);

    assertThat(texts(frame))
        .containsExactly(
            "n1 of cluster cets, running, 2026-01-01T12:00:00Z",
            "nodes: 3 up, 1 down, 2 joined; tables: 1",
            "attention: n4 cannot be reached?[2J",
            "",
            "TABLE   RECORDS  WRITES/S  FETCHED BYTES/S  EQUAL SINCE    UNACKNOWLEDGED  HIDDEN "
                + " TYPE",
            "places  49,025   -         -                1 min 2 s ago  3               7      "
                + " set",
            "",
            "NODE  STATE  FOR        LINKS      JOIN                          UNACKNOWLEDGED "
                + " ADDRESS        WHY",
            "n4    down   1 min 2 s  -          -                             0              "
                + " 10.0.0.1:7800  is silent",
            "n3    up     1 min 2 s  1 joining  places 45 % (12,000 records)  3              "
                + " 10.0.0.1:7800",
            "n2    up     1 min 2 s  1 joined   -                             3              "
                + " 10.0.0.1:7800");
    assertThat(frame.stream().map(Line::mood))
        .containsExactly(
            Mood.PLAIN,
            Mood.PLAIN,
            Mood.BAD,
            Mood.PLAIN,
            Mood.HEAD,
            Mood.PLAIN,
            Mood.PLAIN,
            Mood.HEAD,
            Mood.BAD,
            Mood.BUSY,
            Mood.PLAIN);
  }

  @Test
  void frame_narrow_leavesOutWholeColumnsFromTheLastOneOn() throws Exception {
    assertThat(texts(Frame.of(null, three(), 33)))
        .contains(
            "n1 of cluster cets, running, 2026",
            "TABLE   RECORDS  WRITES/S",
            "places  49,025   -",
            "NODE  STATE  FOR        LINKS",
            "n3    up     1 min 2 s  1 joining");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20, 40, 79, 80})
  void frame_anyWidth_hasNoLongerLine(int width) throws Exception {
    assertThat(texts(Frame.of(null, three(), width)))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
  }

  @Test
  void frame_ofThirtyNodes_hasALineForEachAndThoseThatAreDownFirst() throws Exception {
    List<String> peers = new ArrayList<>();
    List<String> links = new ArrayList<>();
    for (int i = 2; i <= 30; i++) {
      peers.add(peer("n" + i, i != 30, ""));
      links.add(link("n" + i, i == 30 ? "is down" : "joined", "2026-01-01T11:00:00Z", 0));
    }
    List<String> lines = texts(Frame.of(null, look(0, "", peers, links), 80));

    assertThat(lines).contains("nodes: 29 up, 1 down, 2 joined; tables: 1");
    List<String> nodes = lines.subList(lines.size() - 29, lines.size());
    assertThat(nodes.getFirst()).startsWith("n30   down");
    assertThat(nodes.subList(1, 29))
        .zipSatisfy(
            IntStream.rangeClosed(2, 29).boxed().toList(),
            (line, i) -> assertThat(line).startsWith("n" + i + " ").contains("1 joined"));
  }

  @Test
  void frame_linkThatCannotBe_tellsWhy() throws Exception {
    Look look =
        look(
            0,
            "",
            List.of(peer("n2", true, "")),
            List.of(link("n2", "has another definition", null, 0)));

    assertThat(texts(Frame.of(null, look, Frame.UNLIMITED)).getLast())
        .contains("1 none")
        .endsWith("places: has another definition");
  }

  @Test
  void rates_betweenTwoLooks_areOfOneSecond() throws Exception {
    String of = "{table=\"places\"} ";
    String before = CounterNames.WRITES + of + "1000\n" + CounterNames.FETCHED + of + "0.0\n";
    String after = CounterNames.WRITES + of + "5500.0\n" + CounterNames.FETCHED + of + "6144.0\n";

    List<String> lines =
        texts(
            Frame.of(
                look(0, before, List.of(), List.of()),
                look(3 * SECOND, after, List.of(), List.of()),
                Frame.UNLIMITED));

    assertThat(lines)
        .anySatisfy(l -> assertThat(l).startsWith("places  49,025   1,500     2,048 "));
  }

  @Test
  void rates_counterThatBeganAnew_areNotShown() throws Exception {
    Look before = look(0, CounterNames.WRITES + "{table=\"places\"} 9\n", List.of(), List.of());
    Look after = look(SECOND, CounterNames.WRITES + "{table=\"places\"} 2\n", List.of(), List.of());

    assertThat(after.rate(before, CounterNames.WRITES, "places")).isEmpty();
  }
}
