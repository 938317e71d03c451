package dev.cets.table;

import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import dev.cets.wire.KeyHash;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Elements of a bag travel as their records; the key follows from the record on every node. */
public final class ElementCodec<K, R> implements Codec<Element<K, R>> {
  private final Codec<K> keys;
  private final Codec<R> records;
  private final Function<? super R, ? extends K> keyOf;

  /** Of these canonical codecs. */
  public ElementCodec(Codec<K> keys, Codec<R> records, Function<? super R, ? extends K> keyOf) {
    this.keys = keys;
    this.records = records;
    this.keyOf = keyOf;
  }

  /** What stands for a key, before all its elements. */
  Element<K, R> ofKey(K key) {
    return new Element<>(key, null, 0, records);
  }

  /** The element of a record. */
  Element<K, R> ofRecord(R record, byte[] bytes) {
    return new Element<>(key(record), record, KeyHash.of(bytes), records);
  }

  byte[] encodeRecord(R record) {
    return records.encode(record);
  }

  byte[] encodeKey(K key) {
    return keys.encode(key);
  }

  private K key(R record) {
    @Nullable K key = keyOf.apply(record);
    if (key == null) {
      throw new IllegalArgumentException("a record without a key: " + record);
    }
    return key;
  }

  @Override
  public byte[] encode(Element<K, R> element) {
    return records.encode(element.record());
  }

  @Override
  public Element<K, R> decode(ByteBuffer bytes) {
    long hash = KeyHash.of(bytes);
    R record = records.decode(bytes);
    try {
      return new Element<>(key(record), record, hash, records);
    } catch (RuntimeException e) {
      throw new DecodeException("no key of the record " + record + ": " + e, e);
    }
  }

  /** For what stands for a key: it travels as the key. */
  public Codec<Element<K, R>> ofKeys() {
    return new Codec<>() {
      @Override
      public byte[] encode(Element<K, R> ofKey) {
        return encodeKey(ofKey.key());
      }

      @Override
      public Element<K, R> decode(ByteBuffer bytes) {
        return ofKey(keys.decode(bytes));
      }

      @Override
      public String fingerprint() {
        return keys.fingerprint();
      }

      @Override
      public boolean canonical() {
        return keys.canonical();
      }
    };
  }

  @Override
  public String fingerprint() {
    return keys.fingerprint() + " of " + records.fingerprint();
  }

  @Override
  public boolean canonical() {
    return keys.canonical() && records.canonical();
  }
}
