package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Rule;
import dev.cets.replication.Rules;
import dev.cets.testkit.Simulation.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real nodes under random faults; a failure names the seed, and the seed replays it. */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("cets.sim.seeds", 600);
  private static final int SEEDS_PER_DEFECT = 2_000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void walk_withAllRules_replicasEqualTheModel(boolean keep) {
    List<Result> violations = new ArrayList<>();
    long writes = 0;
    long events = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Result result = Simulation.run(seed, keep, Rules.ALL);
      writes += result.writes();
      events += result.events();
      if (result.violation() != null) {
        violations.add(result);
        writeTrace(seed, keep);
      }
    }
    System.out.printf(
        "%d seeds from 0, keep %s: %d writes, %d events, %d violations%n",
        SEEDS, keep, writes, events, violations.size());
    assertThat(violations).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "ANSWER_AT_COMPLETION", // these four are about serial writes: see RaceSimulationTest
        "LOOK_WHEN_PEERS_WRITES_HAVE_COME",
        "WRITE_AFTER_WHAT_THE_LEADER_HOLDS",
        "LEAD_WHEN_ASKED"
      })
  void walk_withoutARule_showsAViolation(Rule rule) {
    for (long seed = 0; seed < SEEDS_PER_DEFECT; seed++) {
      for (boolean keep : new boolean[] {false, true}) {
        Result result = Simulation.run(seed, keep, Rules.allBut(rule));
        if (result.violation() != null) {
          System.out.printf(
              "without %s: seed %d, keep %s: %s%n", rule, seed, keep, result.violation());
          return;
        }
      }
    }
    assertThat(rule).as("a rule that nothing needs").isNull();
  }

  /** Walks on which something was found once: a version that came by a transfer stood twice. */
  @ParameterizedTest
  @ValueSource(longs = {399, 456, 616, 879, 963, 1009, 1270, 1380, 1656})
  void walk_onWhichADefectWasFound_replicasEqualTheModel(long seed) {
    assertThat(Simulation.run(seed, false, Rules.ALL).violation()).isNull();
    assertThat(Simulation.run(seed, true, Rules.ALL).violation()).isNull();
  }

  @Test
  void walk_withTheSameSeed_isTheSameToTheLastMessage() {
    assertThat(trace(42, false)).isNotEmpty().isEqualTo(trace(42, false));
  }

  private static List<String> trace(long seed, boolean keep) {
    List<String> lines = new ArrayList<>();
    Result result = Simulation.trace(seed, keep, Rules.ALL, lines::add);
    lines.add(result.toString());
    return lines;
  }

  private static void writeTrace(long seed, boolean keep) {
    Path file = Path.of("target", "simulation-" + seed + (keep ? "-keep" : "") + ".txt");
    try {
      Files.write(file, trace(seed, keep));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println("the trace of seed " + seed + " is in " + file);
  }
}
