package dev.cets.bench.jmh;

import dev.cets.bench.member.Item;
import dev.cets.codec.Codecs;
import dev.cets.spi.Codec;
import dev.cets.wire.KeyHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The default codec, next to one that is written by hand for this one type. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private final Codec<Item> codec = Codecs.value(Item.class);
  private final Codec<String> keyCodec = Codecs.key(String.class);
  private final Item item = Item.of(12_345);
  private final byte[] encoded = codec.encode(item);
  private final byte[] encodedBare = bare(item);
  private final byte[] encodedKey = keyCodec.encode(item.key());

  /** A record. */
  @Benchmark
  public byte[] encode() {
    return codec.encode(item);
  }

  /** Its yardstick. */
  @Benchmark
  public byte[] encodeBare() {
    return bare(item);
  }

  /** A record. */
  @Benchmark
  public Item decode() {
    return codec.decode(ByteBuffer.wrap(encoded));
  }

  /** Its yardstick. */
  @Benchmark
  public Item decodeBare() {
    ByteBuffer in = ByteBuffer.wrap(encodedBare);
    byte[] key = new byte[in.get()];
    in.get(key);
    byte[] value = new byte[in.get()];
    in.get(value);
    return new Item(new String(key, StandardCharsets.UTF_8), value);
  }

  /** A key, and its hash. */
  @Benchmark
  public long encodeKey() {
    return KeyHash.of(keyCodec.encode(item.key()));
  }

  /** A key, which is also compared with the bytes that it would be written as. */
  @Benchmark
  public String decodeKey() {
    return keyCodec.decode(ByteBuffer.wrap(encodedKey));
  }

  private static byte[] bare(Item item) {
    byte[] key = item.key().getBytes(StandardCharsets.UTF_8);
    byte[] value = item.value();
    return ByteBuffer.allocate(key.length + value.length + 2)
        .put((byte) key.length)
        .put(key)
        .put((byte) value.length)
        .put(value)
        .array();
  }
}
