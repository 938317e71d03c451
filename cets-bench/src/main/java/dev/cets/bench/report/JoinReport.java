package dev.cets.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * One join.
 *
 * @param records how many
 * @param valueBytes of each, beside its key
 * @param seconds from the opening of the table to the last record
 * @param sentBytes by all nodes meanwhile
 * @param joining the node that joins
 * @param serving those that held the records before
 * @param insertP999Millis 99.9 % of the inserts at the first of these, meanwhile, took no longer
 * @param insertLateP999Millis the same since they were due: with the wait for those before
 * @param inserts how many there were
 * @param setting where and how
 */
public record JoinReport(
    int records,
    int valueBytes,
    double seconds,
    long sentBytes,
    Heap joining,
    List<Heap> serving,
    double insertP999Millis,
    double insertLateP999Millis,
    int inserts,
    Setting setting) {
  private static final double MIB = 1L << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Of one node during the join.
   *
   * @param before live bytes before it
   * @param used the most that was in use, garbage included
   * @param left the most that a collection left, some garbage included
   * @param after live bytes after it
   */
  public record Heap(long before, long used, long left, long after) {}

  /** Prints a few lines for a terminal. */
  public void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%,d records of %d bytes and their key to an empty node: %.1f s, %,.0f MiB sent; %s%n",
        records,
        valueBytes,
        seconds,
        sentBytes / MIB,
        setting.jvmFlags());
    print(out, "joining", joining);
    serving.forEach(heap -> print(out, "serving", heap));
    out.printf(
        Locale.ROOT,
        "%,d inserts at a serving node meanwhile: 99.9 %% took %.0f ms at most, %.0f ms since"
            + " they were due%n",
        inserts,
        insertP999Millis,
        insertLateP999Millis);
  }

  private static void print(PrintStream out, String which, Heap heap) {
    out.printf(
        Locale.ROOT,
        "%s node, heap in MiB: live before %,.0f, most after a collection %,.0f,"
            + " most in use %,.0f, live after %,.0f%n",
        which,
        heap.before / MIB,
        heap.left / MIB,
        heap.used / MIB,
        heap.after / MIB);
  }

  /** As text. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
