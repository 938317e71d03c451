package dev.cets.replication;

import java.util.List;
import java.util.Set;

/** How a write ended. */
public sealed interface Outcome {
  /** Every peer that had to, took it in, or left; with how many keys it changed. */
  record Applied(Set<String> by, Set<String> left, int changes) implements Outcome {
    /** By this node, and nobody else had to. */
    public static Applied alone(String node) {
      return new Applied(Set.of(node), Set.of(), 0);
    }
  }

  /** Nothing happened, as these stand: records, or elements of a bag. None, if one was expected. */
  record Present(List<?> standing) implements Outcome {}

  /** Nothing happened anywhere. */
  record NotApplied(String reason) implements Outcome {}

  /** Applied here; these peers have not answered by the deadline. The write is kept. */
  record Unknown(String reason, Set<String> notAnswered) implements Outcome {}
}
