package dev.cets.bench.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.cets.bench.member.Item;
import java.time.Instant;
import java.util.List;

/** Kryo, with the types that it may make. */
final class KryoCodec<T> implements RecordCodec<T> {
  private static final int BUFFER_BYTES = 512;

  private final Class<T> type;
  private final Kryo kryo = new Kryo();
  private final Output out = new Output(BUFFER_BYTES, -1);
  private final Input in = new Input();

  KryoCodec(Class<T> type) {
    this.type = type;
    kryo.setReferences(false);
    kryo.register(Item.class);
    kryo.register(byte[].class);
    kryo.register(ChatSession.class);
    kryo.register(ChatSession.Client.class);
    kryo.register(ChatSession.Presence.class);
    kryo.register(Instant.class);
    kryo.register(List.of("a").getClass());
    kryo.register(List.of("a", "b", "c").getClass());
  }

  @Override
  public byte[] encode(T value) {
    out.reset();
    kryo.writeObject(out, value);
    return out.toBytes();
  }

  @Override
  public T decode(byte[] bytes) {
    in.setBuffer(bytes);
    return kryo.readObject(in, type);
  }
}
