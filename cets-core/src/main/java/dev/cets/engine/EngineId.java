package dev.cets.engine;

import java.security.SecureRandom;
import java.util.Comparator;

/**
 * One running transport, by chance unlike any other; a restarted node is another engine.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record EngineId(long high, long low) implements Comparable<EngineId> {
  private static final Comparator<EngineId> ORDER =
      Comparator.comparingLong(EngineId::high).thenComparingLong(EngineId::low);

  /** A new one. */
  public static EngineId random() {
    SecureRandom random = new SecureRandom();
    return new EngineId(random.nextLong(), random.nextLong());
  }

  @Override
  public int compareTo(EngineId other) {
    return ORDER.compare(this, other);
  }
}
