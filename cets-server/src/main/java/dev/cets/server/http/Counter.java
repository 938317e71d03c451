package dev.cets.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cets.Change;
import dev.cets.ChangeListener;
import dev.cets.server.json.JsonRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client that is told how many changes there are, and not which: of every table since the last
 * time. Tables are listened to while somebody looks, and at no other time.
 */
final class Counter extends Follower {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<String, Counts> tables = new TreeMap<>();
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());

  Counter(EventStream events, Duration period, Duration patience) {
    super(events, period, patience);
  }

  /** What is to listen to this table. Before {@link #run} only. */
  ChangeListener<String, JsonRecord> of(String table) {
    return tables.computeIfAbsent(table, unused -> new Counts());
  }

  /** What a slow client has no time for is in the next event. */
  @Override
  void periodic(EventStream to) throws IOException {
    to.sendIfFree(this::take);
  }

  private ObjectNode take() {
    long now = System.nanoTime();
    ObjectNode json =
        Json.object()
            .put("event", "counts")
            .put("seconds", (now - lastNanos.getAndSet(now)) / NANOS_PER_SECOND);
    ArrayNode array = json.putArray("tables");
    tables.forEach((name, counts) -> array.add(counts.take(name)));
    return json;
  }

  private static final class Counts implements ChangeListener<String, JsonRecord> {
    private final AtomicLong local = new AtomicLong();
    private final AtomicLong others = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();

    @Override
    public void changed(Change<String, JsonRecord> change) {
      (change.cause() == Change.Cause.LOCAL ? local : others).incrementAndGet();
    }

    @Override
    public void gap() {
      gaps.incrementAndGet();
    }

    ObjectNode take(String name) {
      return Json.object()
          .put("name", name)
          .put("local", local.getAndSet(0))
          .put("others", others.getAndSet(0))
          .put("gaps", gaps.getAndSet(0));
    }
  }
}
