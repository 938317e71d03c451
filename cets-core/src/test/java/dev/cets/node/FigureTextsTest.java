package dev.cets.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What nodes of other versions tell and understand. */
class FigureTextsTest {
  private static Figures figures(List<String> reasons) {
    return new Figures(
        "b",
        "cluster",
        "b#1",
        RunState.NAME_TAKEN,
        7,
        List.of("a"),
        List.of("b"),
        List.of("c"),
        List.of("d"),
        true,
        List.of("e"),
        List.of("f"),
        List.of("g"),
        List.of("h"),
        List.of("i"),
        List.of("j"),
        List.of("k"),
        reasons,
        5,
        Map.of("t", 3, "u", 4));
  }

  @Test
  void read_whatWasTold_isTheSame() {
    Figures figures = figures(List.of("because"));

    assertThat(FigureTexts.read("b", FigureTexts.of(figures))).isEqualTo(figures);
  }

  @Test
  void read_moreThanIsKnown_isIgnored() {
    Figures figures = figures(List.of());
    Map<String, List<String>> texts = new TreeMap<>(FigureTexts.of(figures));
    texts.put("somethingNew", List.of("x"));

    assertThat(FigureTexts.read("b", texts)).isEqualTo(figures);
  }

  @Test
  void read_nothing_isEmpty() {
    Figures figures = FigureTexts.read("b", Map.of());

    assertThat(figures.availableNodes()).isEmpty();
    assertThat(figures.records()).isEmpty();
    assertThat(figures.state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void read_nonsense_isNoError() {
    Figures figures =
        FigureTexts.read(
            "b",
            Map.of(
                "wallMillis", List.of("x"),
                "state", List.of("unheard of"),
                "tables", List.of("t", "u"),
                "records", List.of("many")));

    assertThat(figures.wallMillis()).isZero();
    assertThat(figures.records()).isEqualTo(Map.of("t", 0));
  }

  @Test
  void of_moreThanTheLimits_isCutOff() {
    List<String> many =
        IntStream.range(0, FigureTexts.MOST_TEXTS + 1)
            .mapToObj(i -> "x".repeat(FigureTexts.MOST_CHARS + 1))
            .toList();

    Map<String, List<String>> told = FigureTexts.of(figures(many));

    assertThat(told.get("reasons"))
        .hasSizeBetween(FigureTexts.MOST_TEXTS - 2, FigureTexts.MOST_TEXTS - 1)
        .allMatch(text -> text.length() == FigureTexts.MOST_CHARS);
    int chars = told.values().stream().flatMap(List::stream).mapToInt(String::length).sum();
    assertThat(chars).isLessThanOrEqualTo(FigureTexts.MOST_CHARS_IN_ALL);
  }

  @Test
  void of_manyShortTexts_isCutOffAtTheirNumber() {
    List<String> many =
        IntStream.range(0, FigureTexts.MOST_TEXTS + 1).mapToObj(String::valueOf).toList();

    assertThat(FigureTexts.of(figures(many)).get("reasons"))
        .isEqualTo(many.subList(0, FigureTexts.MOST_TEXTS));
  }
}
