package dev.cets.netty;

import java.security.SecureRandom;
import java.util.Comparator;

/** One running transport, by chance unlike any other; a restarted node is another engine. */
record EngineId(long high, long low) implements Comparable<EngineId> {
  private static final Comparator<EngineId> ORDER =
      Comparator.comparingLong(EngineId::high).thenComparingLong(EngineId::low);

  static EngineId random() {
    SecureRandom random = new SecureRandom();
    return new EngineId(random.nextLong(), random.nextLong());
  }

  @Override
  public int compareTo(EngineId other) {
    return ORDER.compare(this, other);
  }
}
