package dev.cets.bench.report;

import dev.cets.bench.member.Vitals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** Soaks that never were: half an hour, a sample each 30 s, one pause of the second node. */
public final class SampleSoak {
  private static final int SAMPLES = 60;
  private static final int NODES = 3;
  private static final double INTERVAL = 30;
  private static final int STOPPED_AT = 20;
  private static final long MIB = 1L << 20;

  private SampleSoak() {}

  /** Nothing went wrong. */
  public static SoakReport flat() {
    return with(sample -> 30 * MIB, sample -> 120 * MIB, List.of());
  }

  /** With these figures of each node, in bytes, by the number of the sample. */
  static SoakReport with(IntToLongFunction heap, IntToLongFunction rss, List<String> failures) {
    List<SoakSample> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      Vitals vitals =
          new Vitals(heap.applyAsLong(i), rss.applyAsLong(i), 60_000L * i, 2, 3, 0, 0, 0);
      List<@Nullable Vitals> nodes = new ArrayList<>(Collections.nCopies(NODES, vitals));
      if (i == STOPPED_AT) {
        nodes.set(1, null);
      }
      samples.add(new SoakSample(INTERVAL * i, nodes));
    }
    double at = STOPPED_AT * INTERVAL;
    return new SoakReport(
        NODES,
        1_000,
        samples,
        List.of(new SoakPause(1, at - 4, at + 6, 1.5, 2, 2.5)),
        failures,
        new Setting("", "2026-01-31", 2, 24, "Linux amd64", "25", "", Map.of(), 1_800));
  }
}
