package dev.cets.replication;

import java.util.Comparator;

/**
 * One run of a node. A restart is a new incarnation, with a later start.
 *
 * @param name the node's name
 * @param start grows from run to run: milliseconds since 1970, and 16 bits of chance below them
 */
public record Incarnation(String name, long start) implements Comparable<Incarnation> {
  private static final Comparator<Incarnation> ORDER =
      Comparator.comparing(Incarnation::name).thenComparingLong(Incarnation::start);

  @Override
  public boolean equals(Object o) {
    return this == o // nearly always: on the way of every write
        || (o instanceof Incarnation other && start == other.start && name.equals(other.name));
  }

  @Override
  public int hashCode() {
    return Long.hashCode(start);
  }

  @Override
  public int compareTo(Incarnation other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return name + "#" + Long.toString(start, Character.MAX_RADIX);
  }
}
