package dev.cets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What becomes of records when their owner is down, after how long, and who is told. */
record Lifetime(Ownership ownership, Duration grace, List<NodeDownHandler> nodeDown) {
  static final Lifetime DEFAULT = new Lifetime(Ownership.REMOVE_RECORDS, Duration.ZERO, List.of());

  Lifetime {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace is " + grace + "; it must not be negative");
    }
    nodeDown = List.copyOf(nodeDown);
  }

  Lifetime ownership(Ownership other) {
    return new Lifetime(other, grace, nodeDown);
  }

  Lifetime grace(Duration other) {
    return new Lifetime(ownership, other, nodeDown);
  }

  Lifetime onNodeDown(NodeDownHandler handler) {
    List<NodeDownHandler> all = new ArrayList<>(nodeDown);
    all.add(handler);
    return new Lifetime(ownership, grace, all);
  }
}
