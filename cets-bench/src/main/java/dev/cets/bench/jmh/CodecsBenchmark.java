package dev.cets.bench.jmh;

import dev.cets.bench.codec.ChatSession;
import dev.cets.bench.codec.Library;
import dev.cets.bench.codec.RecordCodec;
import dev.cets.bench.member.Item;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Codecs of other projects beside ours (decision 17). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // by the set-up
public class CodecsBenchmark {
  private static final int NUMBER = 12_345;

  /** What is encoded. */
  public enum Subject {
    /** The benchmarks' own: a short text and 48 bytes. */
    ITEM,
    /** Texts, a moment, an enum, a record, a list. */
    SESSION
  }

  /** Whose codec. */
  @Param public Library library;

  /** Of what. */
  @Param public Subject subject;

  private RecordCodec<Object> codec;
  private Object value;
  private byte[] encoded;

  /** Makes the codec. */
  @Setup
  public void make() {
    value = subject == Subject.ITEM ? Item.of(NUMBER) : ChatSession.of(NUMBER);
    codec = codec(value.getClass());
    encoded = codec.encode(value);
  }

  @SuppressWarnings("unchecked") // of the value's own class
  private RecordCodec<Object> codec(Class<?> type) {
    return (RecordCodec<Object>) library.codec(type);
  }

  /** A value. */
  @Benchmark
  public byte[] encode() {
    return codec.encode(value);
  }

  /** Its bytes. */
  @Benchmark
  public Object decode() {
    return codec.decode(encoded);
  }
}
