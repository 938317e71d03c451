package dev.cets.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what over HTTP: whoever shows the token for reading may read, whoever shows that of
 * administrators may do everything. Without any token everybody may.
 */
public final class Tokens {
  /** None: everybody may do everything. */
  public static final Tokens NONE = new Tokens(null, null);

  /** The shortest and the longest token, in characters. */
  private static final int MIN_CHARS = 16;

  private static final int MAX_CHARS = 1024;
  private static final String BEARER = "Bearer ";

  private final byte @Nullable [] reading;
  private final byte @Nullable [] admin;

  /** What a request may. */
  enum Role {
    NOBODY,
    READER,
    ADMIN
  }

  /**
   * These.
   *
   * @param reading 16 to 1024 visible characters; null: nobody may only read
   * @param admin likewise; null: nobody may do everything
   */
  public Tokens(@Nullable String reading, @Nullable String admin) {
    this.reading = reading == null ? null : digest(checked(reading));
    this.admin = admin == null ? null : digest(checked(admin));
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

  /** Is any needed? */
  public boolean needed() {
    return reading != null || admin != null;
  }

  /** What a request with this header may. A token is compared as a whole, in the same time. */
  Role role(@Nullable String authorization) {
    if (!needed()) {
      return Role.ADMIN;
    }
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Role.NOBODY;
    }
    byte[] given = digest(authorization.substring(BEARER.length()).strip());
    boolean isAdmin = admin != null && MessageDigest.isEqual(admin, given);
    boolean isReader = reading != null && MessageDigest.isEqual(reading, given);
    return isAdmin ? Role.ADMIN : isReader ? Role.READER : Role.NOBODY;
  }

  /** So that not even the length of a token shows in the time that it takes. */
  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Tells no token. */
  @Override
  public String toString() {
    return needed() ? "Tokens" : "no tokens";
  }
}
