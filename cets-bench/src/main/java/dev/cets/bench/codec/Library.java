package dev.cets.bench.codec;

import com.esotericsoftware.kryo.KryoException;
import dev.cets.codec.Codecs;
import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.apache.fory.exception.ForyException;
import tools.jackson.core.JacksonException;

/** Who encodes, as its documentation advises for speed and for bytes of strangers. */
public enum Library {
  /** Ours: safe for any number of threads, and components may come and go. */
  CETS(DecodeException.class) {
    @Override
    public <T> RecordCodec<T> codec(Class<T> type) {
      Codec<T> codec = Codecs.value(type);
      return new RecordCodec<>() {
        @Override
        public byte[] encode(T value) {
          return codec.encode(value);
        }

        @Override
        public T decode(byte[] bytes) {
          return codec.decode(ByteBuffer.wrap(bytes));
        }
      };
    }
  },
  /** Apache Fory's own format for Java, where components may come and go. */
  FORY(ForyException.class) {
    @Override
    public <T> RecordCodec<T> codec(Class<T> type) {
      return new ForyCodec<>(type, true);
    }
  },
  /** The same where all nodes have the same classes: no component ever changes. */
  FORY_FIXED(ForyException.class) {
    @Override
    public <T> RecordCodec<T> codec(Class<T> type) {
      return new ForyCodec<>(type, false);
    }
  },
  /** Kryo, whose records never change. */
  KRYO(KryoException.class) {
    @Override
    public <T> RecordCodec<T> codec(Class<T> type) {
      return new KryoCodec<>(type);
    }
  },
  /** CBOR by Jackson: names in every record, and components may come and go. */
  CBOR(JacksonException.class) {
    @Override
    public <T> RecordCodec<T> codec(Class<T> type) {
      return new CborCodec<>(type);
    }
  };

  private final Class<? extends Exception> error;

  Library(Class<? extends Exception> error) {
    this.error = error;
  }

  /** Its codec of a type. */
  public abstract <T> RecordCodec<T> codec(Class<T> type);

  /** Is this how the library says that bytes are not what they should be? */
  boolean says(Throwable thrown) {
    return error.isInstance(thrown);
  }

  /** As it is typed. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
