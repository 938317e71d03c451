package dev.cets.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Rule;
import dev.cets.testkit.sim.PlantedDefects.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real nodes under random faults; a failure names the walk, and the walk replays it. */
class SimulationTest {
  private static final int THREADS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int SEEDS = Integer.getInteger("cets.sim.seeds", 400);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shortWalks_withAllRules_violateNothing(boolean keep) {
    assertNoViolation(
        new Campaign(seed -> new Walk(seed, Profile.SHORT, keep), THREADS)
            .run(0, SEEDS / 2, (walked, last) -> {}));
  }

  @Test
  void walksOfEveryKind_withAllRules_violateNothing() {
    assertNoViolation(new Campaign(Walk::of, THREADS).run(0, SEEDS / 2, (walked, last) -> {}));
  }

  private static void assertNoViolation(CampaignReport report) {
    System.out.printf(
        "%d seeds, %d simulated hours, %d events%n",
        report.seeds(), report.simulated().toHours(), report.events());
    report.violations().forEach(violation -> writeTrace(violation.walk()));
    assertThat(report.violations()).isEmpty();
  }

  static List<String> defects() {
    return PlantedDefects.names();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void walk_withoutARule_showsAViolation(String rule) {
    Finding finding = PlantedDefects.find(rule, lastFoundAt(rule), THREADS, PATIENCE);
    System.out.printf("without %s: %s%n", rule, finding);
    assertThat(finding.found()).as("a rule that nothing needs").isNotNull();
  }

  /** For the rare ones: from here it is not far; a guess that is out of date costs time alone. */
  private static long lastFoundAt(String rule) {
    return switch (Rule.valueOf(rule)) {
      case GIVE_UP_ON_PROOF -> 1845;
      case AWAIT_THE_OWNER -> 140;
      case TAKE_NOTHING_OF_THE_GONE -> 176;
      case REFUSE_WHO_IS_GONE -> 360;
      case LOOK_WHEN_PEERS_WRITES_HAVE_COME -> 428;
      default -> 0;
    };
  }

  /**
   * Walks on which something was found once: a version that came by a transfer stood twice; a
   * comparison with a peer that was in the middle of a pull was taken for a defect.
   */
  @ParameterizedTest
  @ValueSource(longs = {399, 456, 616, 879, 963, 1009, 1270, 1380, 1656, 398, 518})
  void shortWalk_onWhichADefectWasFound_violatesNothing(long seed) {
    for (boolean keep : new boolean[] {false, true}) {
      assertThat(Simulation.run(new Walk(seed, Profile.SHORT, keep)).violation()).isNull();
    }
  }

  /** The word of a node that it had joined was lost. */
  @ParameterizedTest
  @ValueSource(longs = {114})
  void lossyWalk_onWhichADefectWasFound_violatesNothing(long seed) {
    assertThat(Simulation.run(new Walk(seed, Profile.LOSSY, false)).violation()).isNull();
  }

  /** An {@code insertNew} waited beyond its deadline for what a peer had written before. */
  @ParameterizedTest
  @ValueSource(longs = {1194})
  void twinsWalk_onWhichADefectWasFound_violatesNothing(long seed) {
    assertThat(Simulation.run(new Walk(seed, Profile.TWINS, false)).violation()).isNull();
  }

  /**
   * The checker of pauses did not know what a bag takes back; that of readers, that a version
   * without its record is not shown; that of replicas that had gone apart, that a peer may have
   * dropped what a third node had removed.
   */
  @ParameterizedTest
  @ValueSource(longs = {9_033, 13_248, 19_861, 1350})
  void walk_onWhichACheckerErred_violatesNothing(long seed) {
    assertThat(Simulation.run(Walk.of(seed)).violation()).isNull();
  }

  /**
   * A write was lost while its link was joining, and the next one acknowledged (from 20,298 on: the
   * very first write of the link); a chunk was lost and another came twice; a link was joined while
   * others had shown more of the peer than it.
   */
  @ParameterizedTest
  @ValueSource(longs = {2634, 3134, 5754, 356, 20_298, 21_786, 21_822, 22_482})
  void walk_onWhichADefectWasFound_violatesNothing(long seed) {
    assertThat(Simulation.run(Walk.of(seed)).violation()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void walk_withTheSameSeed_isTheSameToTheLastMessage(Profile profile) {
    Walk walk = new Walk(42, profile, false);
    assertThat(trace(walk)).isNotEmpty().isEqualTo(trace(walk));
  }

  private static List<String> trace(Walk walk) {
    List<String> lines = new ArrayList<>();
    lines.add(Simulation.trace(walk, lines::add).toString());
    return lines;
  }

  private static void writeTrace(Walk walk) {
    Path file = Path.of("target", "simulation-" + walk.toString().replace(", ", "-") + ".txt");
    try {
      Files.write(file, trace(walk));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println("the trace of " + walk + " is in " + file);
  }
}
