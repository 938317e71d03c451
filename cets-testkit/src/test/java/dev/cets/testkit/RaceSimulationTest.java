package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Rule;
import dev.cets.replication.Rules;
import dev.cets.testkit.RaceSimulation.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Races for keys under random faults; a failure names the seed, and the seed replays it. */
class RaceSimulationTest {
  private static final int SEEDS = Integer.getInteger("cets.sim.seeds", 300);
  private static final int SEEDS_PER_DEFECT = 1_000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void insertNew_racedForUnderFaults_hasOneWinnerAmongNodesThatStayJoined(boolean keep) {
    List<Result> violations = new ArrayList<>();
    int calls = 0;
    int won = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Result result = RaceSimulation.run(seed, keep, Rules.ALL);
      calls += result.calls();
      won += result.won();
      if (result.violation() != null) {
        violations.add(result);
      }
    }
    System.out.printf("%d seeds, keep %s: %d calls, %d won%n", SEEDS, keep, calls, won);
    assertThat(violations).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "ANSWER_AT_COMPLETION",
        "LOOK_WHEN_PEERS_WRITES_HAVE_COME",
        "WRITE_AFTER_WHAT_THE_LEADER_HOLDS",
        "LEAD_WHEN_ASKED"
      })
  void walk_withoutARule_showsAViolation(Rule rule) {
    for (long seed = 0; seed < SEEDS_PER_DEFECT; seed++) {
      for (boolean keep : new boolean[] {false, true}) {
        Result result = RaceSimulation.run(seed, keep, Rules.allBut(rule));
        if (result.violation() != null) {
          System.out.printf(
              "without %s: seed %d, keep %s: %s%n", rule, seed, keep, result.violation());
          return;
        }
      }
    }
    assertThat(rule).as("a rule that nothing needs").isNull();
  }

  @Test
  void walk_withTheSameSeed_isTheSameToTheLastMessage() {
    assertThat(trace(62)).isNotEmpty().isEqualTo(trace(62));
  }

  private static List<String> trace(long seed) {
    List<String> lines = new ArrayList<>();
    Result result = RaceSimulation.trace(seed, false, Rules.ALL, lines::add);
    lines.add(result.toString());
    return lines;
  }
}
