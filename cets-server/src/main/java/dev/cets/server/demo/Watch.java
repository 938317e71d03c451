package dev.cets.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.console.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Asks every member how it is, again and again, for the view. */
final class Watch {
  private static final long PAUSE_NANOS = 400_000_000L;

  private final List<Member> members;
  private final List<Traffic> traffic;
  private final View view;
  private final Thread thread;
  private volatile boolean ends;

  Watch(List<Member> members, List<Traffic> traffic, View view) {
    this.members = members;
    this.traffic = traffic;
    this.view = view;
    this.thread = Thread.ofVirtual().name("watch").start(this::run);
  }

  private void run() {
    while (!ends) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < members.size(); i++) {
        lines.add(line(members.get(i), traffic.get(i)));
      }
      view.state(lines);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static String line(Member member, Traffic traffic) {
    var line = new StringBuilder(member.name());
    DaemonClient client = member.client();
    try {
      if (client == null) {
        line.append("  down");
      } else {
        for (JsonNode table : client.tables().path("tables")) {
          line.append("  %s %s".formatted(table.path("name").asText(), records(table)));
        }
      }
    } catch (DaemonFailure e) {
      line.append("  no answer");
    }
    return line.append("  writes ").append(Texts.count(traffic.acknowledged())).toString();
  }

  private static String records(JsonNode table) {
    return "%7s".formatted(Texts.count(table.path("records").asLong()));
  }

  void end() throws InterruptedException {
    ends = true;
    LockSupport.unpark(thread);
    thread.join();
  }
}
