package dev.cets.bench.member;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this process uses. */
final class Usage {
  private static final Path IO = Path.of("/proc/self/io");
  private static final String WRITTEN = "wchar: ";
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");
  private static final long KIB = 1024;
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

  /** Bytes of this process in main memory; 0 if the system does not tell. */
  static long residentBytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    Matcher resident = RESIDENT.matcher(Files.readString(STATUS));
    return resident.find() ? Long.parseLong(resident.group(1)) * KIB : 0;
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
