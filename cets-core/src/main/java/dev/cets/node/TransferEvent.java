package dev.cets.node;

import dev.cets.replication.Event.PullEnded;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For Java Flight Recorder: a node fetches what it lacks of a table. */
@Name("dev.cets.Transfer")
@Label("Transfer")
@Category("CETS")
@Description("A transfer or comparison of a table, from its first question to its end")
@StackTrace(false)
final class TransferEvent extends Event {
  private static final TransferEvent ANY = new TransferEvent();

  @Label("Node")
  @Description("Who fetches")
  String node = "";

  @Label("Table")
  String table = "";

  @Label("From")
  String from = "";

  @Label("Comparison")
  @Description("Whether the nodes were joined and undisturbed, so that nothing should differ")
  boolean comparison;

  @Label("Complete")
  @Description("Whether all came; otherwise the link ended first")
  boolean complete;

  @Label("Records")
  long records;

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("Changes")
  @Description("Versions that came or went by it")
  int changes;

  static boolean isRecorded() {
    return ANY.isEnabled();
  }

  static TransferEvent begun(String node, String table, String from) {
    TransferEvent event = new TransferEvent();
    event.node = node;
    event.table = table;
    event.from = from;
    event.begin();
    return event;
  }

  void ended(PullEnded how) {
    comparison = how.comparison();
    complete = how.complete();
    records = how.records();
    bytes = how.bytes();
    changes = how.changes();
    commit();
  }
}
