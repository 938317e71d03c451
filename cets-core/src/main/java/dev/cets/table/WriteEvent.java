package dev.cets.table;

import dev.cets.replication.LocalWrite;
import dev.cets.replication.Outcome;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** For Java Flight Recorder: a write that took long, from the call to its end. */
@Name("dev.cets.Write")
@Label("Write")
@Category("CETS")
@Description("A write of this node that took longer than the threshold")
@Threshold("20 ms")
@StackTrace(false)
final class WriteEvent extends Event {
  /** Asked whether there is a recording, so that none has to be made for that. */
  private static final WriteEvent ANY = new WriteEvent();

  @Label("Node")
  String node = "";

  @Label("Table")
  String table = "";

  @Label("Operation")
  String operation = "";

  @Label("Outcome")
  String outcome = "";

  @Label("Not Answered")
  @Description("The nodes that had not answered by the deadline")
  String notAnswered = "";

  @Label("Caller")
  @Description("The thread that asked for it")
  Thread caller = Thread.currentThread();

  static boolean isRecorded() {
    return ANY.isEnabled();
  }

  static WriteEvent begun(String node, String table) {
    WriteEvent event = new WriteEvent();
    event.node = node;
    event.table = table;
    event.begin();
    return event;
  }

  void ended(LocalWrite.Kind kind, Outcome how) {
    end();
    if (shouldCommit()) {
      operation = kind.name();
      switch (how) {
        case Outcome.Applied applied -> outcome = "APPLIED";
        case Outcome.Present present -> outcome = "PRESENT";
        case Outcome.NotApplied not -> outcome = "NOT_APPLIED";
        case Outcome.Unknown unknown -> {
          outcome = "UNKNOWN";
          notAnswered = String.join(", ", unknown.notAnswered());
        }
      }
      commit();
    }
  }
}
