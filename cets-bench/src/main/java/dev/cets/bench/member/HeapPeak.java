package dev.cets.bench.member;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The most heap that was in use, and the most that a collection left: the former grows as large as
 * the JVM is let, the latter is what is needed. Use only grows between collections, so it is enough
 * to look at these.
 */
final class HeapPeak {
  private static final Set<String> HEAP_POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());

  private final AtomicLong used = new AtomicLong();
  private final AtomicLong left = new AtomicLong();
  private long beginMillis;

  /** Once in a process; gives the bytes that are live. */
  long start() throws InterruptedException {
    long live = Usage.heapBytes();
    used.set(live);
    left.set(live);
    beginMillis = ManagementFactory.getRuntimeMXBean().getUptime();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener((note, unused) -> look(note), null, null);
    }
    return live;
  }

  private void look(Notification note) {
    if (note.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      GcInfo info =
          GarbageCollectionNotificationInfo.from((CompositeData) note.getUserData()).getGcInfo();
      if (info.getStartTime() >= beginMillis) {
        used.accumulateAndGet(heap(info.getMemoryUsageBeforeGc()), Math::max);
        left.accumulateAndGet(heap(info.getMemoryUsageAfterGc()), Math::max);
      }
    }
  }

  private static long heap(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> HEAP_POOLS.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  /** Both, and what is live now, in bytes. */
  String words() throws InterruptedException {
    used.accumulateAndGet(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), Math::max);
    long live = Usage.heapBytes();
    left.accumulateAndGet(live, Math::max);
    return used + " " + left + " " + live;
  }
}
