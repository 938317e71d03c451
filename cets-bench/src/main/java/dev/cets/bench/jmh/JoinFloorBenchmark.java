package dev.cets.bench.jmh;

import dev.cets.bench.member.Item;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What no join of 1,000,000 records can do without at the joining node, whose JVM is cold as that
 * of every node that starts: all are read from bytes, and put into a map of the JDK. To be run with
 * {@code -f 3 -wi 0 -i 1}, since the defaults of {@link JmhMain} warm up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class JoinFloorBenchmark {
  private static final int RECORDS = 1_000_000;
  private static final int VALUE_BYTES = 48;
  private static final int RECORD_BYTES = 64;

  private final ByteBuffer bytes = ByteBuffer.allocate(RECORDS * RECORD_BYTES);

  /** Encodes all. */
  @Setup
  public void fill() {
    for (int i = 0; i < RECORDS; i++) {
      byte[] key = Item.key(i).getBytes(StandardCharsets.ISO_8859_1);
      bytes.put((byte) key.length).put(key).put(new byte[VALUE_BYTES]);
    }
    bytes.flip();
  }

  /** All that is done. */
  @Benchmark
  @SuppressWarnings("UnnecessaryAsync") // the map that a table of many readers would be
  public int join() {
    ConcurrentHashMap<String, Item> map = new ConcurrentHashMap<>();
    ByteBuffer in = bytes.duplicate(); // another iteration begins anew
    while (in.hasRemaining()) {
      byte[] key = new byte[in.get()];
      in.get(key);
      byte[] value = new byte[VALUE_BYTES];
      in.get(value);
      Item item = new Item(new String(key, StandardCharsets.ISO_8859_1), value);
      map.put(item.key(), item);
    }
    return map.size();
  }
}
