package dev.cets.bench.codec;

import dev.cets.bench.member.Item;
import org.apache.fory.Fory;

/** Apache Fory: it writes classes for the types at run time. */
final class ForyCodec<T> implements RecordCodec<T> {
  private final Class<T> type;
  private final Fory fory;

  ForyCodec(Class<T> type, boolean mayChange) {
    this.type = type;
    fory =
        Fory.builder()
            .withXlang(false)
            .requireClassRegistration(true)
            .withRefTracking(false)
            .withCompatible(mayChange)
            .build();
    fory.register(Item.class);
    fory.register(ChatSession.class);
    fory.register(ChatSession.Client.class);
    fory.register(ChatSession.Presence.class);
  }

  @Override
  public byte[] encode(T value) {
    return fory.serialize(value);
  }

  @Override
  public T decode(byte[] bytes) {
    return fory.deserialize(bytes, type);
  }
}
