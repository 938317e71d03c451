package dev.cets.testkit.sim;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a walk showed.
 *
 * @param violation null if all was well
 * @param faults how often each was done
 * @param operations by name, how many callers asked for
 * @param checks by checker, how often it looked
 * @param simulated how much time passed in the walk
 * @param events how many things happened
 */
public record SimulationResult(
    Walk walk,
    @Nullable String violation,
    Map<Fault, Integer> faults,
    Map<String, Integer> operations,
    Map<String, Long> checks,
    Duration simulated,
    long events) {}
