package dev.cets.server.http;

import org.jspecify.annotations.Nullable;

/**
 * Who may do what over HTTP: whoever shows the token for reading may read, whoever shows that of
 * administrators may do everything. Without any token everybody may.
 *
 * @param reading null: nobody may only read
 * @param admin null: nobody may do everything
 */
public record Tokens(@Nullable Token reading, @Nullable Token admin) {
  /** None: everybody may do everything. */
  public static final Tokens NONE = new Tokens(null, null);

  private static final String BEARER = "Bearer ";

  /** What a request may. */
  enum Role {
    NOBODY,
    READER,
    ADMIN
  }

  /** Is any needed? */
  public boolean needed() {
    return reading != null || admin != null;
  }

  /** What a request with this header may. */
  Role role(@Nullable String authorization) {
    if (!needed()) {
      return Role.ADMIN;
    }
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Role.NOBODY;
    }
    String given = authorization.substring(BEARER.length()).strip();
    boolean isAdmin = admin != null && admin.is(given);
    boolean isReader = reading != null && reading.is(given);
    return isAdmin ? Role.ADMIN : isReader ? Role.READER : Role.NOBODY;
  }

  /** Takes those whose files have been replaced; to be called every few seconds. Blocks. */
  void refresh() {
    if (reading != null) {
      reading.refresh();
    }
    if (admin != null) {
      admin.refresh();
    }
  }
}
