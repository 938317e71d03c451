package dev.cets.bench.codec;

import com.sun.management.ThreadMXBean;
import dev.cets.bench.member.Item;
import dev.cets.codec.Codecs;
import dev.cets.spi.Codec;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongFunction;

/** Has a library decode what is not what was encoded, again and again. */
final class HostileBytes {
  /** A decode of a few hundred bytes has no use for so much. */
  private static final long MUCH_BYTES = 1 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private HostileBytes() {}

  /**
   * What became of it.
   *
   * @param bytes the average of what is encoded, before the damage
   * @param ends how many ended how
   * @param muchMemory how many allocated more than a MiB
   * @param mostMemory the bytes that one allocated
   * @param others the names of the other exceptions and errors, and how many
   */
  record Found(
      double bytes,
      Map<Outcome, Integer> ends,
      int muchMemory,
      long mostMemory,
      Map<String, Integer> others) {
    int count(Outcome end) {
      return ends.getOrDefault(end, 0);
    }
  }

  static Found items(Library library, int seeds) {
    return decoded(library, Item.class, Item::of, seeds);
  }

  static Found sessions(Library library, int seeds) {
    return decoded(library, ChatSession.class, ChatSession::of, seeds);
  }

  private static <T> Found decoded(
      Library library, Class<T> type, LongFunction<T> values, int seeds) {
    RecordCodec<T> codec = library.codec(type);
    Codec<T> judge = Codecs.value(type);
    codec.decode(codec.encode(values.apply(0))); // loads and makes classes
    Map<Outcome, Integer> ends = new EnumMap<>(Outcome.class);
    Map<String, Integer> others = new TreeMap<>();
    long length = 0;
    int much = 0;
    long most = 0;
    for (int seed = 0; seed < seeds; seed++) {
      T value = values.apply(seed);
      byte[] bytes = codec.encode(value);
      length += bytes.length;
      byte[] damaged = Damage.of(bytes, seed);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Object end = end(codec, damaged);
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      Outcome outcome = outcome(library, judge, value, end, type);
      ends.merge(outcome, 1, Integer::sum);
      if (outcome == Outcome.OTHER_EXCEPTION || outcome == Outcome.ERROR) {
        others.merge(end.getClass().getName(), 1, Integer::sum);
      }
      much += allocated > MUCH_BYTES ? 1 : 0;
      most = Math.max(most, allocated);
    }
    return new Found((double) length / seeds, ends, much, most, others);
  }

  /** The value, or what was thrown: whatever it is, it is what we want to know. */
  private static Object end(RecordCodec<?> codec, byte[] bytes) {
    try {
      return Objects.requireNonNullElse(codec.decode(bytes), "null");
    } catch (Throwable e) {
      return e;
    }
  }

  private static <T> Outcome outcome(
      Library library, Codec<T> judge, T value, Object end, Class<T> type) {
    if (end instanceof Error) {
      return Outcome.ERROR;
    }
    if (end instanceof Throwable thrown) {
      return library.says(thrown) ? Outcome.REFUSED : Outcome.OTHER_EXCEPTION;
    }
    return type.isInstance(end) && isSame(judge, value, type.cast(end))
        ? Outcome.SAME_VALUE
        : Outcome.OTHER_VALUE;
  }

  private static <T> boolean isSame(Codec<T> judge, T value, T decoded) {
    try {
      return Arrays.equals(judge.encode(value), judge.encode(decoded));
    } catch (IllegalArgumentException e) {
      return false; // what no encoder would take, such as half a character
    }
  }
}
