package dev.cets.security;

import dev.cets.files.LiveFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What all nodes of a cluster know and nobody else does. It is never sent: two nodes that connect
 * prove to each other that they know it, by HMAC-SHA-256 over what each of them has said, chance
 * included.
 *
 * <p>Whoever gets hold of a proof can try guesses at leisure. So take chance for it, not a word:
 * {@code openssl rand -base64 32}.
 */
public final class Secret {
  /** The shortest and the longest secret, in bytes. */
  private static final int MIN_BYTES = 16;

  private static final int MAX_BYTES = 4096;
  private static final String HMAC = "HmacSHA256";

  private final Supplier<SecretKeySpec> key;
  private final BooleanSupplier refreshing;

  private Secret(Supplier<SecretKeySpec> key, BooleanSupplier refreshing) {
    this.key = key;
    this.refreshing = refreshing;
  }

  private static SecretKeySpec key(byte[] bytes, int length, String where) {
    if (length < MIN_BYTES || length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "%s has %s bytes; %d to %d are allowed"
              .formatted(
                  where, length > MAX_BYTES ? "too many" : "" + length, MIN_BYTES, MAX_BYTES));
    }
    return new SecretKeySpec(bytes, 0, length, HMAC);
  }

  /**
   * These bytes.
   *
   * @param bytes 16 to 4096 of them; copied
   */
  public static Secret of(byte[] bytes) {
    SecretKeySpec key = key(bytes, bytes.length, "the cluster's secret");
    return new Secret(() -> key, () -> false);
  }

  /**
   * The content of a file, without the line breaks at its end. The file may be replaced: a
   * transport that uses this looks at it every few seconds, and takes the new secret for
   * connections that are made from then on. While it cannot be read, or holds too little, the
   * former counts.
   *
   * @throws IllegalArgumentException if it cannot be read, or holds less than 16 or more than 4096
   *     bytes
   */
  public static Secret file(Path file) {
    LiveFiles<SecretKeySpec> live = new LiveFiles<>("Secret", List.of(file), () -> read(file));
    return new Secret(live::current, live::refresh);
  }

  private static SecretKeySpec read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 3);
    } catch (IOException e) {
      throw new IllegalArgumentException("the secret's file " + file + " cannot be read", e);
    }
    int length = bytes.length;
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
      length--;
    }
    SecretKeySpec key = key(bytes, length, "the secret in " + file);
    Arrays.fill(bytes, (byte) 0);
    return key;
  }

  /**
   * For engines, to be called every few seconds: reads the file again if it has changed. Blocks on
   * the disk, and never throws.
   *
   * @return whether there is another secret now
   */
  public boolean refresh() {
    return refreshing.getAsBoolean();
  }

  /**
   * For engines: HMAC-SHA-256 over the parts, each with its length before it, so that no other
   * parts give the same.
   */
  public byte[] proof(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key.get());
      for (byte[] part : parts) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return "Secret";
  }
}
