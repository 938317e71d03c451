package dev.cets.bench.codec;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The command {@code ./cets bench --codecs}: what codecs make of damaged bytes. */
public final class CodecMain {
  private static final int SEEDS = 10_000;

  private CodecMain() {}

  /** Names of libraries; without any, all of them. */
  public static void main(String[] args) {
    List<Library> wanted = new ArrayList<>();
    for (String arg : args) {
      Library library = named(arg);
      if (library == null) {
        System.err.printf(
            "cets bench --codecs: there is no codec '%s'; there are %s%n",
            arg, Arrays.stream(Library.values()).map(Library::id).toList());
        System.exit(2);
        return;
      }
      wanted.add(library);
    }
    print(System.out, wanted.isEmpty() ? List.of(Library.values()) : wanted, SEEDS);
  }

  private static @Nullable Library named(String id) {
    for (Library library : Library.values()) {
      if (library.id().equals(id)) {
        return library;
      }
    }
    return null;
  }

  static void print(PrintStream out, List<Library> libraries, int seeds) {
    out.printf("%,d damaged encodings of each record.%n%n", seeds);
    out.println(
        "| codec | record | bytes | refused | another exception | error | another value"
            + " | the same value | over 1 MiB allocated | at most, KiB |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
    Map<String, Map<String, Integer>> others = new TreeMap<>();
    for (Library library : libraries) {
      row(out, library, "item", HostileBytes.items(library, seeds), others);
      row(out, library, "session", HostileBytes.sessions(library, seeds), others);
    }
    out.println();
    others.forEach((who, thrown) -> out.println("- " + who + ": " + thrown));
  }

  private static void row(
      PrintStream out,
      Library library,
      String record,
      HostileBytes.Found found,
      Map<String, Map<String, Integer>> others) {
    out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f | %,d | %,d | %,d | %,d | %,d | %,d | %,d |%n",
        library.id(),
        record,
        found.bytes(),
        found.count(Outcome.REFUSED),
        found.count(Outcome.OTHER_EXCEPTION),
        found.count(Outcome.ERROR),
        found.count(Outcome.OTHER_VALUE),
        found.count(Outcome.SAME_VALUE),
        found.muchMemory(),
        found.mostMemory() / 1024);
    if (!found.others().isEmpty()) {
      others.put(library.id() + ", " + record, found.others());
    }
  }
}
