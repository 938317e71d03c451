package dev.cets.testkit.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The first violation of a walk, and how often each checker looked. */
final class Verdict {
  private final Map<String, Long> checks = new HashMap<>();
  private @Nullable String violation;

  /** Counts a look of this checker; what it says is wrong, or null, counts if it is the first. */
  void check(String checker, Supplier<@Nullable String> look) {
    checks.merge(checker, 1L, Long::sum);
    if (violation == null) {
      violation = look.get();
    }
  }

  boolean isWrong() {
    return violation != null;
  }

  @Nullable String violation() {
    return violation;
  }

  Map<String, Long> checks() {
    return checks;
  }
}
