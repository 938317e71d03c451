package dev.cets.replication;

/** Makes what only the protocol makes, for tests of other packages. */
public final class Origins {
  private Origins() {}

  /** An origin whose records are shown. */
  public static Origin shown(String name, long start) {
    Origin origin = new Origin(new Incarnation(name, start));
    origin.visible(true);
    return origin;
  }
}
