package dev.cets.replication;

import org.jspecify.annotations.NullMarked;

/** A door for the benchmarks: origins are made by the protocol alone. */
@NullMarked
public final class BenchOrigins {
  private BenchOrigins() {}

  /** One that is shown. */
  public static Origin shown(String name) {
    Origin origin = new Origin(new Incarnation(name, 1));
    origin.visible(true);
    return origin;
  }
}
