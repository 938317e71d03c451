package dev.cets.bench.member;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process uses. */
final class Usage {
  private static final Path IO = Path.of("/proc/self/io");
  private static final String WRITTEN = "wchar: ";
  private static final int COLLECTIONS = 3;

  private Usage() {}

  /** Bytes of live objects. */
  static long heapBytes() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      // References that were cleared are handled by threads of their own.
      Thread.sleep(100);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Bytes given to the system to be written, sockets included; Linux counts them. */
  static long writtenBytes() throws IOException {
    if (!Files.isReadable(IO)) {
      throw new NotOfferedException("this system does not count what a process writes");
    }
    return Files.readAllLines(IO).stream()
        .filter(line -> line.startsWith(WRITTEN))
        .mapToLong(line -> Long.parseLong(line.substring(WRITTEN.length())))
        .findFirst()
        .orElseThrow();
  }
}
