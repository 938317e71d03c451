package dev.cets.node;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** For Java Flight Recorder: another node serialises the writes of a table. */
@Name("dev.cets.Leadership")
@Label("Leadership")
@Category("CETS")
@Description("Another node leads a table, as this node sees it; noticed within a tenth of a beat")
@StackTrace(false)
final class LeadershipEvent extends Event {
  private static final LeadershipEvent ANY = new LeadershipEvent();

  @Label("Node")
  @Description("Who sees it so")
  String node = "";

  @Label("Table")
  String table = "";

  @Label("Before")
  String before = "";

  @Label("Leader")
  String leader = "";

  static boolean isRecorded() {
    return ANY.isEnabled();
  }

  static void tell(String node, String table, String before, String leader) {
    LeadershipEvent event = new LeadershipEvent();
    event.node = node;
    event.table = table;
    event.before = before;
    event.leader = leader;
    event.commit();
  }
}
