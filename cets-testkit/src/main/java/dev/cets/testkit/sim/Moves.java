package dev.cets.testkit.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What may happen in a step of a walk, and how likely; what is left over is: nothing. */
final class Moves {
  private record Move(double upTo, Consumer<SimulatedNode> action) {}

  private final List<Move> moves = new ArrayList<>();
  private double sum;

  private Moves() {}

  private Moves with(double chance, Consumer<SimulatedNode> action) {
    sum += chance;
    moves.add(new Move(sum, action));
    return this;
  }

  /** Does one of them at this node. */
  void step(SimulatedNode node, Random random) {
    double chance = random.nextDouble();
    for (Move move : moves) {
      if (chance < move.upTo()) {
        move.action().accept(node);
        return;
      }
    }
  }

  static Moves of(
      Walk walk, Workload workload, RaceWorkload races, Operators operators, Faults faults) {
    return switch (walk.profile()) {
      case SHORT -> shortWalk(workload, races, operators, faults, walk.seed() % 2 == 0);
      case ROUGH -> rough(workload, races, operators, faults);
      case LOSSY ->
          rough(workload, races, operators, faults)
              .with(0.03, faults::lose)
              .with(0.01, faults::loseChunk)
              .with(0.03, faults::duplicate);
      case TWINS -> twins(workload, races, operators, faults);
      case RACES -> races(races, faults, walk.isCalm());
      case LONG -> longWalk(workload, races, operators, faults);
      case HOURS -> hours(workload, races, operators, faults);
    };
  }

  private static Moves shortWalk(
      Workload workload, RaceWorkload races, Operators operators, Faults faults, boolean pauses) {
    Moves moves =
        new Moves()
            .with(0.35, workload::insert)
            .with(0.10, workload::delete)
            .with(0.05, workload::insertMany)
            .with(0.02, workload::deleteObject)
            .with(0.01, workload::deleteObjects)
            .with(0.01, workload::insertNew)
            .with(0.01, workload::insertSerial)
            .with(0.005, races::race)
            .with(0.01, operators::pingAll)
            .with(0.005, operators::ping)
            .with(0.003, operators::pause)
            .with(0.06, faults::cutOrHeal)
            .with(0.04, faults::reset)
            .with(0.007, faults::crash)
            .with(0.003, faults::leave)
            .with(0.03, faults::restart)
            .with(0.003, faults::forget)
            .with(0.02, faults::compare)
            .with(0.01, faults::linkAgain);
    return pauses ? moves.with(0.005, faults::pause) : moves;
  }

  private static Moves calls(
      Workload workload, RaceWorkload races, Operators operators, double share) {
    return new Moves()
        .with(0.34 * share, workload::insert)
        .with(0.10 * share, workload::insertMany)
        .with(0.14 * share, workload::insertSteady)
        .with(0.13 * share, workload::delete)
        .with(0.05 * share, workload::deleteMany)
        .with(0.08 * share, workload::deleteObject)
        .with(0.03 * share, workload::deleteObjects)
        .with(0.03 * share, workload::insertNew)
        .with(0.02 * share, workload::insertSerial)
        .with(0.02 * share, workload::replace)
        .with(0.01 * share, races::race)
        .with(0.02 * share, operators::pingAll)
        .with(0.02 * share, operators::ping)
        .with(0.01 * share, operators::pause);
  }

  private static Moves rough(
      Workload workload, RaceWorkload races, Operators operators, Faults faults) {
    return calls(workload, races, operators, 0.55)
        .with(0.04, faults::cutOrHeal)
        .with(0.02, faults::cutOneWay)
        .with(0.003, faults::cutForLong)
        .with(0.004, faults::swizzle)
        .with(0.004, node -> faults.isolate(node, Duration.ofSeconds(10)))
        .with(0.02, faults::reset)
        .with(0.01, faults::delay)
        .with(0.01, faults::slow)
        .with(0.008, faults::crash)
        .with(0.01, faults::armCheckpoint)
        .with(0.004, faults::leave)
        .with(0.04, faults::restart)
        .with(0.003, faults::forget)
        .with(0.002, faults::farClock)
        .with(0.01, faults::pauseForLong)
        .with(0.01, faults::clock)
        .with(0.01, faults::compare)
        .with(0.01, faults::linkAgain);
  }

  private static Moves twins(
      Workload workload, RaceWorkload races, Operators operators, Faults faults) {
    return calls(workload, races, operators, 0.60)
        .with(0.03, faults::restartElsewhere)
        .with(0.01, faults::forget)
        .with(0.02, faults::cutOrHeal)
        .with(0.01, faults::reset)
        .with(0.005, faults::crash)
        .with(0.003, faults::leave)
        .with(0.03, faults::restart)
        .with(0.005, faults::pause)
        .with(0.01, faults::healAll);
  }

  private static Moves races(RaceWorkload races, Faults faults, boolean calm) {
    Moves moves = new Moves().with(0.30, races::race).with(0.15, races::insertSerial);
    return calm
        ? moves
        : moves
            .with(0.055, faults::cutOrHeal)
            .with(0.028, faults::reset)
            .with(0.011, faults::crash)
            .with(0.006, faults::leave)
            .with(0.038, faults::restart)
            .with(0.017, faults::pause)
            .with(0.022, faults::healAll);
  }

  private static Moves longWalk(
      Workload workload, RaceWorkload races, Operators operators, Faults faults) {
    return calls(workload, races, operators, 0.70)
        .with(0.02, faults::cutOrHeal)
        .with(0.01, faults::cutOneWay)
        .with(0.003, faults::swizzle)
        .with(0.003, node -> faults.isolate(node, Duration.ofMinutes(2)))
        .with(0.01, faults::reset)
        .with(0.01, faults::delay)
        .with(0.01, faults::slow)
        .with(0.005, faults::crash)
        .with(0.003, faults::leave)
        .with(0.05, faults::restart)
        .with(0.002, faults::forget)
        .with(0.01, faults::pauseForLong)
        .with(0.01, faults::clock);
  }

  private static Moves hours(
      Workload workload, RaceWorkload races, Operators operators, Faults faults) {
    return calls(workload, races, operators, 0.80)
        .with(0.01, node -> faults.isolate(node, Duration.ofHours(4)))
        .with(0.01, faults::cutOrHeal)
        .with(0.005, faults::crash)
        .with(0.05, faults::restart)
        .with(0.01, faults::clock);
  }
}
