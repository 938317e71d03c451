package dev.cets.testkit;

import dev.cets.replication.Incarnation;
import dev.cets.replication.Outcome;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot.LinkSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Judges races for keys by what callers were told: of two nodes that are joined over the same link
 * when their calls begin and when they end, not both were told that they won; and where everybody
 * has an answer, somebody did.
 */
final class RaceJudge {
  /** The numbers of a link, the smaller node's first. */
  private record Numbers(long first, long second) {}

  private static final class Called {
    final Incarnation caller;
    final Map<Incarnation, Numbers> linksAtBegin;
    final CompletableFuture<Outcome> outcome;
    Map<Incarnation, Numbers> linksAtEnd = Map.of();

    Called(
        Incarnation caller, Map<Incarnation, Numbers> links, CompletableFuture<Outcome> outcome) {
      this.caller = caller;
      this.linksAtBegin = links;
      this.outcome = outcome;
    }

    boolean won() {
      return outcome.isDone() && outcome.join() instanceof Outcome.Applied;
    }

    boolean lost() {
      return outcome.isDone() && outcome.join() instanceof Outcome.Present;
    }
  }

  private final Map<String, List<Called>> races = new LinkedHashMap<>();
  private final List<CompletableFuture<Outcome>> serial = new ArrayList<>();
  private final Set<String> overwritten = new HashSet<>();
  private boolean crashed;

  void called(
      String key,
      Incarnation caller,
      TableReplica<?, ?> replica,
      CompletableFuture<Outcome> outcome) {
    Called call = new Called(caller, links(caller, replica), outcome);
    races.computeIfAbsent(key, any -> new ArrayList<>()).add(call);
    var unused = outcome.thenAccept(how -> call.linksAtEnd = links(caller, replica));
  }

  void calledSerial(CompletableFuture<Outcome> outcome) {
    serial.add(outcome);
  }

  /**
   * A node wrote over a hidden record of a node that it held to be down; that record goes with its
   * new owner, and then the key is free again.
   */
  void overwritten(String key) {
    overwritten.add(key);
  }

  /** Calls of a node that crashed end with it, and nobody is there to be told. */
  void nodeCrashed() {
    crashed = true;
  }

  int calls() {
    return races.values().stream().mapToInt(List::size).sum();
  }

  int won() {
    return (int) races.values().stream().flatMap(List::stream).filter(Called::won).count();
  }

  /**
   * What is wrong, or null.
   *
   * @param calm there were no faults at all, so every race has exactly one winner
   */
  @Nullable String violation(boolean calm) {
    for (Map.Entry<String, List<Called>> race : races.entrySet()) {
      String wrong = violation(race.getKey(), race.getValue(), calm);
      if (wrong != null) {
        return wrong;
      }
    }
    for (CompletableFuture<Outcome> call : serial) {
      if (!call.isDone() && !crashed) {
        return "an insertSerial never ended";
      }
      if (calm && !(call.join() instanceof Outcome.Applied)) {
        return "an insertSerial failed though nothing happened: " + call.join();
      }
    }
    return null;
  }

  private @Nullable String violation(String key, List<Called> race, boolean calm) {
    List<Called> winners = race.stream().filter(Called::won).toList();
    for (Called one : winners) {
      for (Called other : winners) {
        if (one != other && !overwritten.contains(key) && stayedJoined(one, other)) {
          return one.caller + " and " + other.caller + " both won " + key;
        }
      }
    }
    if (race.stream().allMatch(Called::lost)) {
      return "all who raced for " + key + " were told that somebody else won";
    }
    if (!crashed && race.stream().anyMatch(call -> !call.outcome.isDone())) {
      return "an insertNew of " + key + " never ended";
    }
    return calm && winners.size() != 1
        ? winners.size() + " won " + key + " though nothing happened"
        : null;
  }

  private static boolean stayedJoined(Called a, Called b) {
    if (a.caller.equals(b.caller)) {
      return true;
    }
    Numbers link = a.linksAtBegin.get(b.caller);
    return link != null
        && link.equals(a.linksAtEnd.get(b.caller))
        && link.equals(b.linksAtBegin.get(a.caller))
        && link.equals(b.linksAtEnd.get(a.caller));
  }

  private static Map<Incarnation, Numbers> links(Incarnation self, TableReplica<?, ?> replica) {
    Map<Incarnation, Numbers> numbers = new HashMap<>();
    for (LinkSnapshot link : replica.snapshot().links()) {
      if (link.joined() && link.peerJoined()) {
        boolean selfFirst = self.compareTo(link.peer()) < 0;
        numbers.put(
            link.peer(),
            selfFirst
                ? new Numbers(link.mine(), link.yours())
                : new Numbers(link.yours(), link.mine()));
      }
    }
    return numbers;
  }
}
