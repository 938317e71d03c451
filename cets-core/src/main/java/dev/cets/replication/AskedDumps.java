package dev.cets.replication;

import dev.cets.replication.LinkMessage.Dumping.Ask;
import dev.cets.replication.LinkMessage.Dumping.Done;
import dev.cets.replication.LinkMessage.Dumping.Part;
import dev.cets.replication.LinkMessage.Dumping.Refused;
import dev.cets.replication.LinkMessage.Dumping.Row;
import dev.cets.replication.LinkMessage.Dumping.Taken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The dumps that callers of this node wait for. Each ends: complete, or not at all. */
final class AskedDumps<K, R> {
  private static final class Asked<K, R> {
    final Link<K, R> link;
    final long deadlineNanos;
    final DumpCall<K, R> call;
    long parts;
    long records;

    Asked(Link<K, R> link, long deadlineNanos, DumpCall<K, R> call) {
      this.link = link;
      this.deadlineNanos = deadlineNanos;
      this.call = call;
    }
  }

  private final Map<Long, Asked<K, R>> waiting = new LinkedHashMap<>();
  private long lastId;

  void ask(
      Link<K, R> link, @Nullable K group, long nowNanos, long deadlineNanos, DumpCall<K, R> call) {
    long id = ++lastId;
    waiting.put(id, new Asked<>(link, deadlineNanos, call));
    link.send(new Ask<>(id, group, Math.max(1, deadlineNanos - nowNanos)));
  }

  void part(Link<K, R> link, Part<K, R> part) {
    Asked<K, R> asked = of(link, part.id());
    if (asked == null) {
      return;
    }
    if (part.number() != ++asked.parts) {
      fail(part.id(), "a part of it was lost");
      return;
    }
    for (Row<K, R> row : part.rows()) {
      asked.records++;
      asked.call.shown(row.key(), row.record());
    }
    link.send(new Taken<>(part.id()));
  }

  void done(Link<K, R> link, Done<K, R> done) {
    Asked<K, R> asked = of(link, done.id());
    if (asked == null) {
      return;
    }
    if (done.parts() == asked.parts) {
      waiting.remove(done.id());
      asked.call.done();
    } else {
      fail(done.id(), "a part of it was lost");
    }
  }

  void refused(Link<K, R> link, Refused<K, R> refused) {
    if (of(link, refused.id()) != null) {
      fail(refused.id(), refused.reason());
    }
  }

  private @Nullable Asked<K, R> of(Link<K, R> link, long id) {
    Asked<K, R> asked = waiting.get(id);
    return asked != null && asked.link == link ? asked : null;
  }

  private void fail(long id, String reason) {
    Asked<K, R> asked = waiting.remove(id);
    if (asked != null) {
      asked.call.failed(
          "no dump of node " + asked.link.peer().name() + ": " + reason + came(asked));
    }
  }

  private static String came(Asked<?, ?> asked) {
    return "; " + asked.records + " records had come, and none of them is told";
  }

  void settle() {
    failAll(asked -> asked.link.closed(), "the link with it ended");
  }

  void tick(long nowNanos) {
    failAll(asked -> asked.deadlineNanos <= nowNanos, "the deadline passed");
  }

  void close(String reason) {
    failAll(asked -> true, reason);
  }

  private void failAll(Predicate<Asked<K, R>> which, String reason) {
    if (waiting.isEmpty()) {
      return;
    }
    List<Long> failing = new ArrayList<>();
    waiting.forEach(
        (id, asked) -> {
          if (which.test(asked)) {
            failing.add(id);
          }
        });
    failing.forEach(id -> fail(id, reason));
  }
}
