package dev.cets.bench.suite;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How child processes are started: the same JVM, collector and heap for all, and for each system
 * nothing on the class path but the benchmark itself and its own jars.
 */
public final class Jvm {
  /** Of every child. */
  public static final String FLAGS = "-XX:+UseParallelGC -Xmx1g";

  private static final String MAIN = "dev.cets.bench.systems.MemberMain";

  /** What JDKs from here on warn of when libraries reach into memory, and the flag against that. */
  private static final int WARNS_OF_UNSAFE = 24;

  /** Starts sooner, and never gets fast. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

  private final @Nullable Path libraries;
  private final boolean shortLived;

  /**
   * With a folder for each system's jars; null if all are on this process's own class path, as in
   * tests.
   *
   * @param shortLived whether it matters more how soon children begin than how fast they get
   */
  public Jvm(@Nullable Path libraries, boolean shortLived) {
    this.libraries = libraries;
    this.shortLived = shortLived;
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
    command.addAll(List.of(FLAGS.split(" ")));
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
