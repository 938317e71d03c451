package dev.cets.bench.footprint;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command {@code ./cets bench --footprint}: what a record costs on the heap, with the usual
 * headers of objects and with compact ones. How objects are laid out is a matter of the whole JVM,
 * so each way has a process of its own.
 */
public final class FootprintMain {
  private static final int RECORDS = 50_000;
  private static final int COMPACT_SINCE = 25;
  private static final String MAP = "MAP";
  private static final String CHILD = "child";

  private FootprintMain() {}

  /** Prints the table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).equals(List.of(CHILD))) {
      printParts(System.out);
      return;
    }
    if (Runtime.version().feature() < COMPACT_SINCE) {
      System.err.println(
          "cets bench --footprint: this is Java "
              + Runtime.version().feature()
              + "; compact headers of objects need 25 or newer");
      System.exit(1);
    }
    print(System.out, parts("-XX:-UseCompactObjectHeaders"), parts("-XX:+UseCompactObjectHeaders"));
  }

  private static void printParts(PrintStream out) {
    Footprint.ofSet(RECORDS).forEach((part, bytes) -> out.println(part.name() + " " + bytes));
    out.println(MAP + " " + Footprint.ofMap(RECORDS));
  }

  private static Map<String, Long> parts(String flag) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--sun-misc-unsafe-memory-access=allow",
            flag,
            "-cp",
            System.getProperty("java.class.path"),
            FootprintMain.class.getName(),
            CHILD));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (child.waitFor() != 0) {
      throw new IOException("a JVM with " + flag + " ended with " + child.exitValue());
    }
    Map<String, Long> parts = new TreeMap<>();
    for (String line : said.lines().filter(text -> text.matches("[A-Z_]+ [0-9]+")).toList()) {
      String[] words = line.split(" ", -1);
      parts.put(words[0], Long.parseLong(words[1]));
    }
    return parts;
  }

  private static void print(PrintStream out, Map<String, Long> usual, Map<String, Long> compact) {
    out.printf("A set of %,d records, bytes for each:%n%n", RECORDS);
    out.println("| object | usual headers | compact headers | what it is |");
    out.println("|---|---|---|---|");
    for (Part part : Part.values()) {
      row(out, part.title(), each(usual, part.name()), each(compact, part.name()), part.why());
    }
    double all = sum(usual);
    double allCompact = sum(compact);
    double map = each(usual, MAP);
    double mapCompact = each(compact, MAP);
    row(out, "**together**", all, allCompact, "");
    row(out, "a `ConcurrentHashMap` of the same", map, mapCompact, "node and table");
    row(out, "beyond it", all - map, allCompact - mapCompact, "");
  }

  private static double sum(Map<String, Long> parts) {
    double sum = 0;
    for (Part part : Part.values()) {
      sum += each(parts, part.name());
    }
    return sum;
  }

  private static double each(Map<String, Long> parts, String name) {
    return (double) parts.getOrDefault(name, 0L) / RECORDS;
  }

  private static void row(PrintStream out, String what, double usual, double compact, String why) {
    out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %s |%n", what, usual, compact, why);
  }
}
