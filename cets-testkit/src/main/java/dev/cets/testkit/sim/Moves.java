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

  static Moves of(Walk walk, Workload workload, RaceWorkload races, Faults faults) {
    return switch (walk.profile()) {
      case SHORT -> shortWalk(workload, faults, walk.seed() % 2 == 0);
      case ROUGH -> rough(workload, faults);
      case LOSSY ->
          rough(workload, faults)
              .with(0.03, faults::lose)
              .with(0.01, faults::loseChunk)
              .with(0.03, faults::duplicate);
      case RACES -> races(races, faults, walk.isCalm());
      case LONG -> longWalk(workload, faults);
      case HOURS -> hours(workload, faults);
    };
  }

  private static Moves shortWalk(Workload workload, Faults faults, boolean pauses) {
    Moves moves =
        new Moves()
            .with(0.35, workload::insert)
            .with(0.10, workload::delete)
            .with(0.05, workload::insertMany)
            .with(0.06, faults::cutOrHeal)
            .with(0.04, faults::reset)
            .with(0.007, faults::crash)
            .with(0.003, faults::leave)
            .with(0.03, faults::restart)
            .with(0.02, faults::compare)
            .with(0.01, faults::linkAgain);
    return pauses ? moves.with(0.005, faults::pause) : moves;
  }

  private static Moves writes(Workload workload, double share) {
    return new Moves()
        .with(0.40 * share, workload::insert)
        .with(0.12 * share, workload::insertMany)
        .with(0.15 * share, workload::insertSteady)
        .with(0.15 * share, workload::delete)
        .with(0.06 * share, workload::deleteMany)
        .with(0.12 * share, workload::deleteObject);
  }

  private static Moves rough(Workload workload, Faults faults) {
    return writes(workload, 0.55)
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
        .with(0.01, faults::pauseForLong)
        .with(0.01, faults::clock)
        .with(0.01, faults::compare)
        .with(0.01, faults::linkAgain);
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

  private static Moves longWalk(Workload workload, Faults faults) {
    return writes(workload, 0.70)
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
        .with(0.01, faults::pauseForLong)
        .with(0.01, faults::clock);
  }

  private static Moves hours(Workload workload, Faults faults) {
    return writes(workload, 0.80)
        .with(0.01, node -> faults.isolate(node, Duration.ofHours(4)))
        .with(0.01, faults::cutOrHeal)
        .with(0.005, faults::crash)
        .with(0.05, faults::restart)
        .with(0.01, faults::clock);
  }
}
