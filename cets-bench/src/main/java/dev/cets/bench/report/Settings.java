package dev.cets.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/** Looks around on this machine. */
public final class Settings {
  private static final long GIB = 1L << 30;

  private Settings() {}

  /** The setting of a run that was made here and now. */
  public static Setting here(String command, String jvmFlags, long seconds) {
    return new Setting(
        command,
        LocalDate.now(ZoneOffset.UTC).toString(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(memoryBytes() / (double) GIB),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.version().toString(),
        jvmFlags,
        versions(),
        seconds);
  }

  private static long memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean bean
        ? bean.getTotalMemorySize()
        : 0;
  }

  private static Map<String, String> versions() {
    Properties versions = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Settings.class.getResourceAsStream("/bench-versions.properties"))) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> sorted = new TreeMap<>();
    versions.forEach((system, version) -> sorted.put(system.toString(), version.toString()));
    return sorted;
  }
}
