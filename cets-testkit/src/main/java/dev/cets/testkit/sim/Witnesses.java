package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.Witness;
import java.util.ArrayList;
import java.util.List;

/** Tells all checkers, the history and the trace what the nodes tell. */
final class Witnesses implements Witness {
  private final WriteHistory history;
  private final Trace trace;
  private final List<Checker> checkers = new ArrayList<>();

  Witnesses(WriteHistory history, Trace trace) {
    this.history = history;
    this.trace = trace;
  }

  void add(Checker checker) {
    checkers.add(checker);
  }

  List<Checker> checkers() {
    return checkers;
  }

  @Override
  public boolean looks() {
    return true;
  }

  @Override
  public void written(String table, Incarnation origin, long stamp, List<SeenChange> changes) {
    history.written(origin, stamp, changes);
    trace.say(() -> origin + " writes " + stamp + " " + changes);
    for (Checker checker : checkers) {
      checker.written(table, origin, stamp, changes);
    }
  }

  @Override
  public void received(String table, Incarnation at, Incarnation from, Object message) {
    trace.say(() -> at + " from " + from + ": " + message);
    for (Checker checker : checkers) {
      checker.received(table, at, from, message);
    }
  }

  @Override
  public void copied(String table, Incarnation at, Incarnation origin, long stamp) {
    for (Checker checker : checkers) {
      checker.copied(table, at, origin, stamp);
    }
  }

  @Override
  public void completed(String table, Incarnation origin, long stamp) {
    for (Checker checker : checkers) {
      checker.completed(table, origin, stamp);
    }
  }
}
