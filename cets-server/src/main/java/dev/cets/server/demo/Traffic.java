package dev.cets.server.demo;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes through one member for as long as the demonstration lasts: sessions that live with it, and
 * places that all members write. While the member is down it waits.
 */
final class Traffic {
  private static final int SESSIONS = 300;
  private static final int BUSY_PLACES = 1000;
  private static final long PAUSE_NANOS = 4_000_000L;

  private final Member member;
  private final List<String> places;
  private final Random random;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();
  private final Thread thread;
  private volatile boolean ends;

  Traffic(Member member, List<String> places, long seed) {
    this.member = member;
    this.places = places.subList(0, Math.min(BUSY_PLACES, places.size()));
    this.random = new Random(seed);
    this.thread = Thread.ofVirtual().name("traffic of " + member.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  long acknowledged() {
    return acknowledged.get();
  }

  long unknown() {
    return unknown.get();
  }

  private void run() {
    while (!ends) {
      DaemonClient client = member.client();
      if (client != null) {
        write(client);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void write(DaemonClient client) {
    String session = "%s-%05d".formatted(member.name(), random.nextInt(SESSIONS));
    try {
      switch (random.nextInt(8)) {
        case 0 -> client.delete("sessions", session);
        case 1, 2 -> client.insert("places", visitedPlace());
        default -> client.insert("sessions", session(session));
      }
      acknowledged.incrementAndGet();
    } catch (DaemonFailure e) {
      // The member was killed under the request, or the outcome is unknown: both are told.
      unknown.incrementAndGet();
    }
  }

  private byte[] session(String id) {
    return "{\"id\":\"%s\",\"node\":\"%s\",\"user\":\"user%d\",\"seen\":%d}"
        .formatted(id, member.name(), random.nextInt(10_000), System.currentTimeMillis())
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] visitedPlace() {
    String place = places.get(random.nextInt(places.size()));
    return "%s,\"visitedFrom\":\"%s\",\"visits\":%d}"
        .formatted(place.substring(0, place.length() - 1), member.name(), random.nextInt(1000))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Returns when the last write is answered. */
  void end() throws InterruptedException {
    ends = true;
    LockSupport.unpark(thread);
    thread.join();
  }
}
