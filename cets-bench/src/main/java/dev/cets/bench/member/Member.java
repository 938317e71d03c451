package dev.cets.bench.member;

import dev.cets.bench.member.Loops.Round;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A child process: does what lines say, one after the other, and answers each with one line. The
 * first word of an answer is {@code ok}, {@code none} (the system does not offer it, and why) or
 * {@code failed} (and why).
 *
 * <table>
 * <caption>What can be said</caption>
 * <tr><td>{@code connect INDEX PORT,PORT,… MEMBERS}</td><td>one more member in this process</td></tr>
 * <tr><td>{@code open KIND}</td><td>its table; answers when it began and ended, in ns</td></tr>
 * <tr><td>{@code load FROM TO [VALUE_BYTES]}</td><td>items of these numbers, in bulk</td></tr>
 * <tr><td>{@code rewrite FROM TO}</td><td>the same with another value</td></tr>
 * <tr><td>{@code round METRIC MILLIS}</td><td>measures; answers operations and ns</td></tr>
 * <tr><td>{@code await-size N}, {@code await-joined N}, {@code await-gone N SIZE}, {@code
 * await-rewritten N JOINED}</td><td>answers when it was so, in ns</td></tr>
 * <tr><td>{@code paced-start PER_SECOND}, {@code paced-stop}</td><td>writes in the background;
 * answers the 99.9th percentile of their time since they were due, in ns, how many, and the
 * same since they were called</td></tr>
 * <tr><td>{@code churn-start KEYS SEED}, {@code churn-stop}</td><td>{@link Churn}</td></tr>
 * <tr><td>{@code written}, {@code failure}</td><td>records for each writer of the churn; its first
 * failure that is neither a refusal nor an unknown outcome</td></tr>
 * <tr><td>{@code vitals}</td><td>{@link Vitals}</td></tr>
 * <tr><td>{@code differences}, {@code contents}</td><td>what the system finds when it compares;
 * size and a sum over all records</td></tr>
 * <tr><td>{@code heap}, {@code sent}</td><td>bytes in use, bytes written to files and sockets</td></tr>
 * <tr><td>{@code peak-start}, {@code peak}</td><td>live heap; the most since then: used, left by a
 * collection, and live</td></tr>
 * <tr><td>{@code leave}</td><td>in peace</td></tr>
 * </table>
 */
final class Member {
  private static final int LOAD_BATCH = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Supplier<SystemUnderTest> systems;
  private final List<SystemUnderTest> members = new ArrayList<>();
  private final List<ReplicatedTable> tables = new ArrayList<>();
  private final Loops loops = new Loops(tables);
  private final PacedWriter paced = new PacedWriter();
  private final Churn churn = new Churn();
  private final HeapPeak peak = new HeapPeak();

  Member(Supplier<SystemUnderTest> systems) {
    this.systems = systems;
  }

  /** The answer to a line. */
  String answer(String line) {
    String[] words = line.strip().split(" ");
    try {
      return ("ok " + act(words)).strip();
    } catch (NotOfferedException e) {
      return "none " + e.getMessage();
    } catch (IOException | RuntimeException e) {
      return "failed " + line + ": " + oneLine(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "failed interrupted";
    }
  }

  private static String oneLine(Throwable e) {
    Throwable cause = e.getCause();
    String text = cause == null ? e.toString() : e + ", caused by " + cause;
    return text.replaceAll("\\s+", " ");
  }

  private String act(String[] words) throws IOException, InterruptedException {
    return switch (words[0]) {
      case "connect" -> connect(number(words[1]), words[2], number(words[3]));
      case "open" -> open(TableKind.valueOf(words[1].toUpperCase(Locale.ROOT)));
      case "load" ->
          load(
              number(words[1]),
              number(words[2]),
              words.length > 3 ? number(words[3]) : Item.VALUE_BYTES,
              (byte) 0);
      case "rewrite" -> load(number(words[1]), number(words[2]), Item.VALUE_BYTES, (byte) 1);
      case "round" -> round(words[1], number(words[2]));
      case "await-size" -> await(() -> table().size() >= number(words[1]));
      case "await-joined" -> await(() -> table().joined() == number(words[1]));
      case "await-gone" ->
          await(
              () ->
                  table().firstByte(Item.key(number(words[1]))) < 0
                      && table().size() == number(words[2]));
      case "await-rewritten" ->
          await(
              () ->
                  table().firstByte(Item.key(number(words[1]))) == 1
                      && table().joined() == number(words[2]));
      case "paced-start" -> {
        paced.start(table(), number(words[1]));
        yield "";
      }
      case "paced-stop" -> paced.stop();
      case "churn-start" -> {
        churn.start(table(), number(words[1]), number(words[2]));
        yield "";
      }
      case "churn-stop" -> {
        churn.stop();
        yield "";
      }
      case "written" -> churn.written();
      case "failure" -> churn.firstFailure();
      case "vitals" -> Vitals.here(churn, table()).words();
      case "differences" -> table().differences();
      case "contents" -> contents();
      case "peak-start" -> String.valueOf(peak.start());
      case "peak" -> peak.words();
      case "heap" -> String.valueOf(Usage.heapBytes());
      case "sent" -> String.valueOf(Usage.writtenBytes());
      case "leave" -> leave();
      default -> throw new IllegalArgumentException("nothing is called '" + words[0] + "'");
    };
  }

  private static int number(String word) {
    return Integer.parseInt(word);
  }

  private String connect(int index, String ports, int count) throws IOException {
    SystemUnderTest member = systems.get();
    members.add(member);
    member.connect(index, Arrays.stream(ports.split(",")).map(Member::number).toList(), count);
    return "";
  }

  private String open(TableKind kind) throws IOException {
    long begin = System.nanoTime();
    for (SystemUnderTest member : members.subList(tables.size(), members.size())) {
      tables.add(member.open(kind));
    }
    return begin + " " + System.nanoTime();
  }

  private String leave() throws IOException {
    for (SystemUnderTest member : members) {
      member.close();
    }
    return "";
  }

  private ReplicatedTable table() {
    return tables.getFirst();
  }

  private String load(int from, int to, int valueBytes, byte first) {
    for (int begin = from; begin < to; begin += LOAD_BATCH) {
      List<Item> batch = new ArrayList<>(LOAD_BATCH);
      for (int i = begin; i < Math.min(to, begin + LOAD_BATCH); i++) {
        Item item = Item.ofSize(i, valueBytes);
        item.value()[0] = first;
        batch.add(item);
      }
      table().putMany(batch);
    }
    return "";
  }

  private String contents() {
    long sum = table().items().mapToLong(Item::hash).sum();
    return table().size() + " " + sum;
  }

  private String round(String metric, int millis) throws InterruptedException {
    Round round = loops.round(metric, millis * NANOS_PER_MILLI);
    return round.operations() + " " + round.nanos();
  }

  private static String await(Waiting.Condition condition) throws InterruptedException {
    return String.valueOf(Waiting.until(condition));
  }
}
