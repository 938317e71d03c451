package dev.cets.testkit.sim;

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
 * has an answer, somebody did. If nothing went wrong at all, every race has exactly one winner, and
 * each serial write replaces the one before.
 */
final class RaceCheck implements Checker {
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

  private final Verdict verdict;
  private final boolean calm;
  private final boolean bag;
  private final Map<String, List<Called>> races = new LinkedHashMap<>();
  private final Map<Object, SeenVersion> lastSerial = new HashMap<>();
  private final List<CompletableFuture<Outcome>> serial = new ArrayList<>();
  private final Set<String> overwritten = new HashSet<>();

  /**
   * A judge of all races of a walk.
   *
   * @param calm nothing goes wrong in it
   * @param bag records of one key do not replace each other
   */
  RaceCheck(Verdict verdict, boolean calm, boolean bag) {
    this.verdict = verdict;
    this.calm = calm;
    this.bag = bag;
  }

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

  @Override
  public void written(String table, Incarnation origin, long stamp, List<SeenChange> changes) {
    for (SeenChange change : changes) {
      String key = String.valueOf(change.key());
      if (change.inserts() && !change.replaces().isEmpty()) {
        // over a hidden record of a node that was held to be down: it goes with its new owner
        overwritten.add(key);
      }
      if (calm && !bag && RaceWorkload.isSerial(key)) {
        SeenVersion made = new SeenVersion(origin, stamp);
        SeenVersion before = lastSerial.put(key, made);
        verdict.check(
            "serial writes know of each other",
            () ->
                before == null || change.replaces().contains(before)
                    ? null
                    : made + " of " + key + " was written without knowing of " + before);
      }
    }
  }

  @Override
  public void end() {
    races.forEach(
        (key, race) -> verdict.check("a race has one winner", () -> violation(key, race)));
    if (calm) {
      verdict.check("serial writes succeed", this::serialFailed);
    }
  }

  private @Nullable String serialFailed() {
    for (CompletableFuture<Outcome> call : serial) {
      if (!(call.getNow(null) instanceof Outcome.Applied)) {
        return "an insertSerial failed though nothing happened: " + call.getNow(null);
      }
    }
    return null;
  }

  private @Nullable String violation(String key, List<Called> race) {
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
    for (LinkSnapshot link : replica.linkSnapshots()) {
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
