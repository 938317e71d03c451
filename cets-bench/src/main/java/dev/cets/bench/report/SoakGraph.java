package dev.cets.bench.report;

import dev.cets.bench.member.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A soak as a picture (SVG): for each node its live heap, its memory and its rate over time, and a
 * band for each time in which a node was stopped. Light or dark as the reader has it.
 */
public final class SoakGraph {
  private static final int WIDTH = 860;
  private static final int LEFT = 56;
  private static final int RIGHT = 12;
  private static final int TOP = 64;
  private static final int PANEL = 120;
  private static final int GAP = 44;
  private static final double MIB = 1L << 20;
  private static final int[] MINUTE_STEPS = {1, 2, 5, 10, 30, 60};
  private static final int MOST_STEPS = 8;
  private static final double SECONDS_PER_MINUTE = 60;

  private static final String STYLE =
      """
      <style>
      svg{--ink:#24292f;--faint:#d0d7de;--paper:#fff;--n1:#0969da;--n2:#bc4c00;--n3:#1a7f37}
      @media(prefers-color-scheme:dark){svg{--ink:#e6edf3;--faint:#3d444d;--paper:#0d1117;--n1:#58a6ff;--n2:#f0883e;--n3:#3fb950}}
      text{font:12px system-ui,sans-serif;fill:var(--ink)}.h{font-weight:600}.r{text-anchor:end}.m{text-anchor:middle}
      line{stroke:var(--faint)}path{fill:none;stroke-width:1.5;stroke-linejoin:round}
      .n1{stroke:var(--n1)}.n2{stroke:var(--n2)}.n3{stroke:var(--n3)}
      .b1{fill:var(--n1)}.b2{fill:var(--n2)}.b3{fill:var(--n3)}.b{opacity:.16}
      </style>
      """;

  private final SoakReport report;
  private final double seconds;
  private final StringBuilder svg = new StringBuilder();

  private SoakGraph(SoakReport report) {
    this.report = report;
    this.seconds =
        Math.max(1, report.samples().isEmpty() ? 0 : report.samples().getLast().atSeconds());
  }

  /** The picture. */
  public static String svg(SoakReport report) {
    return new SoakGraph(report).draw();
  }

  /** A figure of a node at one sample; absent while it is stopped. */
  private interface Figure {
    @Nullable Double of(int sample, int node);
  }

  private String draw() {
    int height = TOP + 3 * (PANEL + GAP) - GAP / 2;
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n"
                + "<title>Three nodes under writes for %.0f minutes</title>%n",
            WIDTH,
            height,
            seconds / SECONDS_PER_MINUTE));
    svg.append(STYLE);
    svg.append("<rect width=\"100%\" height=\"100%\" style=\"fill:var(--paper)\"/>\n");
    legend();
    panel(0, "live heap after a collection, MiB", (sample, node) -> mib(sample, node, true));
    panel(1, "resident memory of the process, MiB", (sample, node) -> mib(sample, node, false));
    panel(2, "records written, each second", this::rate);
    return svg.append("</svg>\n").toString();
  }

  private void legend() {
    for (int node = 0; node < report.nodes(); node++) {
      int x = LEFT + node * 60;
      svg.append(
          String.format(
              Locale.ROOT,
              "<path class=\"n%d\" d=\"M%d 18h20\"/><text x=\"%d\" y=\"22\">n%d</text>%n",
              node + 1,
              x,
              x + 25,
              node + 1));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"22\" class=\"r\">bands: the node of that colour is stopped</text>%n",
            WIDTH - RIGHT));
  }

  private void panel(int place, String title, Figure figure) {
    int top = TOP + place * (PANEL + GAP);
    List<List<@Nullable Double>> lines = new ArrayList<>();
    double most = 0;
    for (int node = 0; node < report.nodes(); node++) {
      List<@Nullable Double> line = new ArrayList<>();
      for (int sample = 0; sample < report.samples().size(); sample++) {
        Double value = figure.of(sample, node);
        line.add(value);
        most = Math.max(most, value == null ? 0 : value);
      }
      lines.add(line);
    }
    double top10 = round(most);
    svg.append(
        String.format(
            Locale.ROOT, "<text x=\"%d\" y=\"%d\" class=\"h\">%s</text>%n", LEFT, top - 8, title));
    bands(top);
    for (int part = 0; part <= 2; part++) {
      int y = top + PANEL - part * PANEL / 2;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
                  + "<text x=\"%d\" y=\"%d\" class=\"r\">%,.0f</text>%n",
              LEFT,
              WIDTH - RIGHT,
              y,
              y,
              LEFT - 6,
              y + 4,
              top10 * part / 2));
    }
    times(top + PANEL + 16);
    for (int node = 0; node < report.nodes(); node++) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<path class=\"n%d\" d=\"%s\"/>%n",
              node + 1,
              path(lines.get(node), top, top10)));
    }
  }

  /** The least of 1, 2, 4 or 6 times a power of ten that is not below: its half is round too. */
  private static double round(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, most))));
    for (int factor : new int[] {1, 2, 4, 6}) {
      if (factor * power >= most) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private void bands(int top) {
    for (SoakPause pause : report.pauses()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect class=\"b b%d\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
              pause.node() + 1,
              x(pause.fromSeconds()),
              top,
              x(pause.toSeconds()) - x(pause.fromSeconds()),
              PANEL));
    }
  }

  private void times(int y) {
    double minutes = seconds / SECONDS_PER_MINUTE;
    int step = MINUTE_STEPS[MINUTE_STEPS.length - 1];
    for (int i = MINUTE_STEPS.length - 1; i >= 0; i--) {
      if (minutes / MINUTE_STEPS[i] <= MOST_STEPS) {
        step = MINUTE_STEPS[i];
      }
    }
    for (int minute = 0; minute <= minutes; minute += step) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" class=\"m\">%s</text>%n",
              x(minute * SECONDS_PER_MINUTE),
              y,
              minute == 0 ? "0 min" : String.valueOf(minute)));
    }
  }

  /** Ends where the node is stopped, and begins anew. */
  private String path(List<@Nullable Double> line, int top, double most) {
    List<String> points = new ArrayList<>();
    boolean drawn = false;
    for (int sample = 0; sample < line.size(); sample++) {
      Double value = line.get(sample);
      if (value != null) {
        points.add(
            String.format(
                Locale.ROOT,
                "%s%.1f %.1f",
                drawn ? "L" : "M",
                x(report.samples().get(sample).atSeconds()),
                top + PANEL - value / most * PANEL));
      }
      drawn = value != null;
    }
    return points.stream().collect(Collectors.joining());
  }

  private double x(double atSeconds) {
    return LEFT + atSeconds / seconds * (WIDTH - LEFT - RIGHT);
  }

  private @Nullable Double mib(int sample, int node, boolean heap) {
    Vitals vitals = report.samples().get(sample).nodes().get(node);
    return vitals == null ? null : (heap ? vitals.heapBytes() : vitals.rssBytes()) / MIB;
  }

  /** Since the sample before; none if the node was stopped at either. */
  private @Nullable Double rate(int sample, int node) {
    if (sample == 0) {
      return null;
    }
    SoakSample now = report.samples().get(sample);
    SoakSample before = report.samples().get(sample - 1);
    Vitals vitals = now.nodes().get(node);
    Vitals earlier = before.nodes().get(node);
    return vitals == null || earlier == null
        ? null
        : (vitals.written() - earlier.written()) / (now.atSeconds() - before.atSeconds());
  }
}
