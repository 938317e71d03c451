package dev.cets.table;

import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;

/** What is replicated of an element beyond the element itself: nothing, in no bytes. */
public enum Presence {
  /** It is there. */
  PRESENT;

  static final byte[] BYTES = {};

  /** No bytes. */
  public static final Codec<Presence> CODEC =
      new Codec<>() {
        @Override
        public byte[] encode(Presence value) {
          return BYTES;
        }

        @Override
        public Presence decode(ByteBuffer bytes) {
          if (bytes.hasRemaining()) {
            throw new DecodeException(bytes.remaining() + " bytes where there are none");
          }
          return PRESENT;
        }

        @Override
        public String fingerprint() {
          return "presence";
        }

        @Override
        public boolean canonical() {
          return true;
        }
      };
}
