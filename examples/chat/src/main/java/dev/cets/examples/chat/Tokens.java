package dev.cets.examples.chat;

import dev.cets.SetTable;
import dev.cets.examples.chat.Tables.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A token says "this session has this name", signed with a secret that all nodes share: what one
 * node has given is good on every other one, and no node has to remember it.
 */
final class Tokens {
  private static final String USE = "tokens";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;

  private final SetTable<String, Secret> secrets;
  private final InstantSource clock;

  Tokens(SetTable<String, Secret> secrets, InstantSource clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /** The first node makes the secret; all others find it there. Blocks. */
  void agree() {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    String value = Base64.getEncoder().encodeToString(random);
    var unused = secrets.insertNew(new Secret(USE, clock.instant(), value));
  }

  /** For the session of this id, under this name. */
  String sign(String id, String name) {
    return id + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(id, name));
  }

  /** The id of the session that this was given to under this name; null if it was not. */
  @Nullable String verify(String token, String name) {
    String id = token.substring(0, Math.max(0, token.indexOf('.')));
    byte[] expected = sign(id, name).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, token.getBytes(StandardCharsets.UTF_8)) ? id : null;
  }

  /** The secret is looked up each time: it is in memory, and after a split it may be another. */
  private byte[] mac(String id, String name) {
    Secret secret = Objects.requireNonNull(secrets.lookup(USE), "no secret has been agreed on");
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.value()), ALGORITHM));
      return mac.doFinal((id + "\n" + name).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is a part of every Java", e);
    }
  }
}
