package dev.cets.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Callers who wait until one peer has taken in all that this node wrote before. Each has a write of
 * nothing behind those writes, and looks at that peer's acknowledgements only.
 */
final class Pings<K, R> {
  private record Ping<K, R>(Link<K, R> link, long stamp, long deadlineNanos, Call call) {
    void end(Outcome outcome) {
      call.ended(outcome);
      call.released();
    }
  }

  private final String self;
  private final Rules rules;
  private final List<Ping<K, R>> waiting = new ArrayList<>();

  Pings(String self, Rules rules) {
    this.self = self;
    this.rules = rules;
  }

  void add(Link<K, R> link, long stamp, long deadlineNanos, Call call) {
    waiting.add(new Ping<>(link, stamp, deadlineNanos, call));
  }

  /** Answers those whose peer has acknowledged, or has lost its link. */
  void settle() {
    if (!waiting.isEmpty()) {
      waiting.removeIf(this::isSettled);
    }
  }

  /** The table is closed here: nobody waits any longer. */
  void close(String reason) {
    for (Ping<K, R> ping : waiting) {
      ping.end(new Outcome.Unknown(reason, Set.of(ping.link().peer().name())));
    }
    waiting.clear();
  }

  private boolean isSettled(Ping<K, R> ping) {
    Link<K, R> link = ping.link();
    String peer = link.peer().name();
    if (link.closed()) {
      ping.end(new Outcome.Unknown("the link ended", Set.of(peer)));
      return true;
    }
    boolean joined = link.isPeerJoined() || !rules.keep(Rule.PING_NAMES_WHO_HAS_JOINED);
    boolean all = link.acknowledged() >= ping.stamp() || !rules.keep(Rule.PING_BEHIND_WRITES);
    boolean done = joined && all;
    if (done) {
      ping.end(new Outcome.Applied(Set.of(self, peer), Set.of(), 0));
    }
    return done;
  }

  void tick(long nowNanos) {
    settle();
    waiting.removeIf(
        ping -> {
          boolean late = ping.deadlineNanos() <= nowNanos;
          if (late) {
            ping.end(new Outcome.Unknown("the deadline passed", Set.of(ping.link().peer().name())));
          }
          return late;
        });
  }
}
