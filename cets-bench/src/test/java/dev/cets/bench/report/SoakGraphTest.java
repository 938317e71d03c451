package dev.cets.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SoakGraphTest {
  private static List<Element> elements(String svg, String name) throws Exception {
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** The lines of a node, without that of the legend, from top to bottom. */
  private static List<String> lines(String svg, String node) throws Exception {
    return elements(svg, "path").stream()
        .filter(path -> path.getAttribute("class").equals(node))
        .map(path -> path.getAttribute("d"))
        .skip(1)
        .toList();
  }

  private static long count(String path, String command) {
    return Pattern.compile(command).matcher(path).results().count();
  }

  @Test
  void svg_threeNodes_aLineForEachInEachOfThreePanels() throws Exception {
    String svg = SoakGraph.svg(SampleSoak.flat());

    for (String node : List.of("n1", "n2", "n3")) {
      assertThat(lines(svg, node)).hasSize(3);
    }
    assertThat(count(lines(svg, "n1").getFirst(), "[ML]")).isEqualTo(60);
  }

  @Test
  void svg_nodeThatIsStopped_itsLineHasAGapAndEachPanelABand() throws Exception {
    String svg = SoakGraph.svg(SampleSoak.flat());

    assertThat(lines(svg, "n1")).allMatch(line -> count(line, "M") == 1);
    assertThat(lines(svg, "n2")).allMatch(line -> count(line, "M") == 2);
    assertThat(elements(svg, "rect").stream().map(rect -> rect.getAttribute("class")))
        .filteredOn("b b2"::equals)
        .hasSize(3);
  }

  @Test
  void svg_flatHeap_theLineIsFlatAtItsValueOnTheScale() throws Exception {
    String line = lines(SoakGraph.svg(SampleSoak.flat()), "n3").getFirst();

    // 30 of 40 MiB: a quarter of the panel of 120 below its top at 64.
    assertThat(line).startsWith("M56.0 94.0L").endsWith("L848.0 94.0");
  }

  @Test
  void svg_noSamples_isAPictureAllTheSame() throws Exception {
    SoakReport flat = SampleSoak.flat();
    SoakReport empty =
        new SoakReport(3, 1, List.of(), List.of(), List.of("did not begin"), flat.setting());

    assertThat(elements(SoakGraph.svg(empty), "svg")).hasSize(1);
  }

  @Test
  void svg_readerWithADarkScreen_hasItsOwnColours() {
    assertThat(SoakGraph.svg(SampleSoak.flat())).contains("prefers-color-scheme:dark");
  }
}
