package dev.cets;

import dev.cets.replication.TableOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What becomes of records when their owner is down, after how long, and who is told. */
record Lifetime(Ownership ownership, TableOptions options, List<NodeDownHandler> nodeDown) {
  static final Lifetime DEFAULT =
      new Lifetime(Ownership.REMOVE_RECORDS, TableOptions.DEFAULTS, List.of());

  Lifetime {
    nodeDown = List.copyOf(nodeDown);
  }

  Lifetime ownership(Ownership other) {
    return new Lifetime(other, options, nodeDown);
  }

  Lifetime grace(Duration other) {
    return new Lifetime(ownership, new TableOptions(other, options.retention()), nodeDown);
  }

  Lifetime retention(Duration other) {
    return new Lifetime(ownership, new TableOptions(options.grace(), other), nodeDown);
  }

  Lifetime onNodeDown(NodeDownHandler handler) {
    List<NodeDownHandler> all = new ArrayList<>(nodeDown);
    all.add(handler);
    return new Lifetime(ownership, options, all);
  }
}
