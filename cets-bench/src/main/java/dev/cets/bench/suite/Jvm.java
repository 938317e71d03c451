package dev.cets.bench.suite;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How child processes are started: the same JVM, collector and heap for all, and for each system
 * nothing on the class path but the benchmark itself and its own jars.
 */
public final class Jvm {
  /** Of every child, where no other heap is asked for. */
  public static final String FLAGS = "-XX:+UseParallelGC -Xmx1g";

  /** Where the jars of the systems are; without it all are on the class path, as in tests. */
  private static final String LIBRARIES = "cets.bench.lib";

  private static final Pattern HEAP =
      Pattern.compile("[1-9]\\d{0,2}g|(1[6-9]|[2-9]\\d|[1-9]\\d{2,5})m");

  private static final String MAIN = "dev.cets.bench.systems.MemberMain";

  /** What JDKs from here on warn of when libraries reach into memory, and the flag against that. */
  private static final int WARNS_OF_UNSAFE = 24;

  /** Starts sooner, and never gets fast. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

  private final @Nullable Path libraries;
  private final boolean shortLived;
  private final String flags;

  private Jvm(@Nullable Path libraries, boolean shortLived, String flags) {
    this.libraries = libraries;
    this.shortLived = shortLived;
    this.flags = flags;
  }

  /**
   * As on this machine.
   *
   * @param shortLived whether it matters more how soon children begin than how fast they get
   */
  public static Jvm here(boolean shortLived) {
    String libraries = System.getProperty(LIBRARIES);
    return new Jvm(libraries == null ? null : Path.of(libraries), shortLived, FLAGS);
  }

  /**
   * The same with another heap; when that is full, the child ends.
   *
   * @param heap such as {@code 256m} or {@code 4g}
   * @throws IllegalArgumentException if it is not like that
   */
  public Jvm withHeap(String heap) {
    if (!HEAP.matcher(heap).matches()) {
      throw new IllegalArgumentException(
          "the heap is '" + heap + "'; it must be like 256m or 4g, 16m at least");
    }
    return new Jvm(
        libraries, shortLived, "-XX:+UseParallelGC -Xmx" + heap + " -XX:+ExitOnOutOfMemoryError");
  }

  /** What the children are started with. */
  public String flags() {
    return flags;
  }

  /**
   * The folders for systems are there.
   *
   * @throws IllegalArgumentException if one is not, or is empty; the message names it
   */
  public void requireJars(List<Kind> kinds) {
    Path folder = libraries;
    if (folder == null) {
      return;
    }
    for (Kind kind : kinds) {
      File[] jars = folder.resolve(kind.id()).toFile().listFiles();
      if (kind != Kind.RAW && (jars == null || jars.length == 0)) {
        throw new IllegalArgumentException(
            "no jars of "
                + kind.id()
                + " in "
                + folder.resolve(kind.id())
                + "; 'mvn -pl cets-bench -am -DskipTests package' puts them there");
      }
    }
  }

  List<String> command(Kind kind) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags.split(" ")));
    if (shortLived) {
      command.add(SHORT_LIVED);
    }
    if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
      command.addAll(
          List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
    }
    command.addAll(kind.jvmFlags());
    command.addAll(List.of("-cp", classPath(kind), MAIN, kind.id()));
    return command;
  }

  private String classPath(Kind kind) {
    Path folder = libraries;
    if (folder == null) {
      return System.getProperty("java.class.path");
    }
    List<String> parts = new ArrayList<>(List.of(own()));
    if (Files.isDirectory(folder.resolve(kind.id()))) {
      parts.add(folder.resolve(kind.id()) + "/*");
    }
    return String.join(File.pathSeparator, parts);
  }

  /** Where the classes of the benchmark are. */
  private static String own() {
    return Path.of(
            URI.create(Jvm.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }
}
