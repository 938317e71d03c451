package dev.cets.testkit.sim;

import dev.cets.replication.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What callers asked for: counted, and told to those who judge the answers. */
final class Calls {
  private final CallCheck ends;
  private final ReceiptCheck receipts;
  private final PauseCheck pauses;
  private final Map<String, Integer> operations = new TreeMap<>();

  Calls(CallCheck ends, ReceiptCheck receipts, PauseCheck pauses) {
    this.ends = ends;
    this.receipts = receipts;
    this.pauses = pauses;
  }

  /** By name, how many there were. */
  Map<String, Integer> operations() {
    return operations;
  }

  /** One that has no end of its own. */
  void counted(String name) {
    operations.merge(name, 1, Integer::sum);
  }

  /** Any call; it has to end. */
  void asked(SimulatedNode node, String name, Duration deadline, CompletableFuture<Outcome> call) {
    counted(name);
    ends.begun(node, name, deadline, call);
  }

  /** One that answers who has this record, which is written by this call alone. */
  void writes(SimulatedNode node, Row row, CompletableFuture<Outcome> call) {
    receipts.writes(node, row, call);
  }

  /** One that answers who has all that was written before. */
  void pings(SimulatedNode node, CompletableFuture<Outcome> call) {
    receipts.pings(node, call);
  }

  /** A record that is written when a leader grants its key. */
  void waitsForLeader(Row row) {
    pauses.waitsForLeader(row);
  }
}
