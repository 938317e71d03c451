package dev.cets.bench.member;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a member that works for long is looked at for.
 *
 * @param heapBytes live objects, after a collection
 * @param rssBytes of the process in main memory; 0 if the system does not tell
 * @param written records, by calls that ended well, since the churn began
 * @param refused calls that changed nothing
 * @param unknown calls of which it is not known whether all members have it
 * @param failed other calls
 * @param mended what the system found to differ where nothing should
 * @param deadlocked threads that wait for each other for ever
 */
public record Vitals(
    long heapBytes,
    long rssBytes,
    long written,
    long refused,
    long unknown,
    long failed,
    long mended,
    int deadlocked) {

  static Vitals here(Churn churn, ReplicatedTable table) throws IOException, InterruptedException {
    long[] deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
    return new Vitals(
        Usage.heapBytes(),
        Usage.residentBytes(),
        churn.writtenRecords(),
        churn.refusedCalls(),
        churn.unknownCalls(),
        churn.failedCalls(),
        table.mended(),
        deadlocked == null ? 0 : deadlocked.length);
  }

  /** From the words of an answer. */
  public static Vitals of(String[] words) {
    long[] numbers = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Long.parseLong(words[i]);
    }
    return new Vitals(
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        (int) numbers[7]);
  }

  /** As an answer. */
  String words() {
    return LongStream.of(heapBytes, rssBytes, written, refused, unknown, failed, mended, deadlocked)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
