package dev.cets.micrometer;

import dev.cets.WriteEnd;
import dev.cets.WriteListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts writes, and how long they take. */
final class WriteMeters implements WriteListener {
  /** A fixed few: a full histogram would be seventy series for each timer. */
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private record Kind(String table, WriteEnd.Operation operation, WriteEnd.Result result) {}

  private record Link(String table, String peer) {}

  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
  private final Map<Link, Counter> unanswered = new ConcurrentHashMap<>();

  WriteMeters(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
  }

  @Override
  public void ended(WriteEnd write) {
    timers
        .computeIfAbsent(new Kind(write.table(), write.operation(), write.result()), this::timer)
        .record(write.nanos(), TimeUnit.NANOSECONDS);
    for (String peer : write.notAnswered()) {
      unanswered.computeIfAbsent(new Link(write.table(), peer), this::counter).increment();
    }
  }

  private Timer timer(Kind kind) {
    return Timer.builder("cets.writes")
        .description("Writes of this node's callers, from the call to the end")
        .tags(tags)
        .tag("table", kind.table())
        .tag("operation", lower(kind.operation()))
        .tag("result", lower(kind.result()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private Counter counter(Link link) {
    return Counter.builder("cets.link.unanswered.writes")
        .description("Writes that the peer had not acknowledged by their deadline")
        .tags(tags)
        .tag("table", link.table())
        .tag("peer", link.peer())
        .register(registry);
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  /** Removes the meters of other tables than these. */
  void keepOnly(Set<String> tables) {
    timers.entrySet().removeIf(timer -> gone(timer.getKey().table(), tables, timer.getValue()));
    unanswered.entrySet().removeIf(count -> gone(count.getKey().table(), tables, count.getValue()));
  }

  private boolean gone(String table, Set<String> tables, Meter meter) {
    boolean gone = !tables.contains(table);
    if (gone) {
      registry.remove(meter);
    }
    return gone;
  }
}
