package dev.cets.bench.jmh;

import dev.cets.bench.member.Item;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What no replication to three maps of the JDK can do without, for a record in a bulk of 100: it is
 * put into one map, written as bytes, read twice and put into two more. No network, no
 * acknowledgement, no stamp, no thread to be woken.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FloorBenchmark {
  private static final int BULK = 100;
  private static final int VALUE_BYTES = 48;
  private static final int ROOM = BULK * 100;

  private final Keys keys = new Keys();
  private final String[] names = keys.sorted();
  private final ConcurrentHashMap<String, Item> writer = new ConcurrentHashMap<>();
  private final List<ConcurrentHashMap<String, Item>> readers =
      List.of(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
  private final ByteBuffer bytes = ByteBuffer.allocate(ROOM);

  /** Each of the three maps gets a record, that is an object, of its own. */
  @Benchmark
  @OperationsPerInvocation(BULK)
  public int bulkToThreeMaps() {
    bytes.clear();
    for (int i = 0; i < BULK; i++) {
      Item item = new Item(names[keys.nextPlace()], new byte[VALUE_BYTES]);
      writer.put(item.key(), item);
      byte[] key = item.key().getBytes(StandardCharsets.ISO_8859_1);
      bytes.put((byte) key.length).put(key).put(item.value());
    }
    bytes.flip();
    for (ConcurrentHashMap<String, Item> reader : readers) {
      ByteBuffer in = bytes.duplicate();
      while (in.hasRemaining()) {
        byte[] key = new byte[in.get()];
        in.get(key);
        byte[] value = new byte[VALUE_BYTES];
        in.get(value);
        Item item = new Item(new String(key, StandardCharsets.ISO_8859_1), value);
        reader.put(item.key(), item);
      }
    }
    return readers.getLast().size();
  }
}
