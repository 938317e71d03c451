package dev.cets.server.http;

import dev.cets.files.LiveFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A token of HTTP. Only its digest is kept. */
public final class Token {
  /** The shortest and the longest token, in characters. */
  private static final int MIN_CHARS = 16;

  private static final int MAX_CHARS = 1024;

  private final Supplier<byte[]> digest;
  private final BooleanSupplier refreshing;

  private Token(Supplier<byte[]> digest, BooleanSupplier refreshing) {
    this.digest = digest;
    this.refreshing = refreshing;
  }

  /**
   * This one.
   *
   * @param text 16 to 1024 visible characters
   */
  public static Token of(String text) {
    byte[] digest = digest(checked(text));
    return new Token(() -> digest, () -> false);
  }

  /**
   * The content of a file, without the line breaks at its end. The file may be replaced: the new
   * token counts for requests within seconds. While it cannot be read, or holds no token, the
   * former counts.
   *
   * @throws IllegalArgumentException if it cannot be read, or holds no token
   */
  public static Token file(Path file) {
    LiveFiles<byte[]> live = new LiveFiles<>("Token", List.of(file), () -> digest(read(file)));
    return new Token(live::current, live::refresh);
  }

  /**
   * What a file of a token holds.
   *
   * @throws IllegalArgumentException if it cannot be read, or holds no token
   */
  public static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // One character more than allowed, and the end of a line.
      byte[] bytes = in.readNBytes(MAX_CHARS + 3);
      return checked(new String(bytes, StandardCharsets.UTF_8).replaceFirst("[\\r\\n]+\\z", ""));
    } catch (IOException e) {
      throw new IllegalArgumentException("'" + file + "' cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String checked(String token) {
    if (token.length() < MIN_CHARS
        || token.length() > MAX_CHARS
        || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "a token has %d to %d visible characters of ASCII and no spaces; 'openssl rand -hex 32' makes one"
              .formatted(MIN_CHARS, MAX_CHARS));
    }
    return token;
  }

  /** Is it this one? A token is compared as a whole, in the same time. */
  boolean is(String given) {
    return MessageDigest.isEqual(digest.get(), digest(given));
  }

  /** Reads the file again if it has changed; blocks on the disk. */
  void refresh() {
    var unused = refreshing.getAsBoolean();
  }

  /** So that not even the length of a token shows in the time that it takes. */
  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Tells nothing. */
  @Override
  public String toString() {
    return "Token";
  }
}
