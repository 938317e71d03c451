package dev.cets.bench.report;

import dev.cets.bench.member.Vitals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All nodes at one moment of a soak.
 *
 * @param atSeconds since it began
 * @param nodes in their order; null for one that is stopped
 */
public record SoakSample(double atSeconds, List<@Nullable Vitals> nodes) {}
