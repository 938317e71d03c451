package dev.cets.codec;

import dev.cets.spi.Codec;

/** The default codecs. */
@SuppressWarnings("DoNotCallSuggester")
public final class Codecs {
  private Codecs() {}

  /** For keys. */
  public static <K> Codec<K> key(Class<K> type) {
    throw new UnsupportedOperationException(type.getName());
  }

  /** For records. */
  public static <R> Codec<R> value(Class<R> type) {
    throw new UnsupportedOperationException(type.getName());
  }
}
