package dev.cets.engine;

import dev.cets.security.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The proof, in both directions, that the other end of one connection knows the cluster's secret.
 *
 * <p>Each end puts a nonce of its own behind its hello. A proof is the secret's HMAC over who makes
 * it, both hellos as they went over the wire, so both names and both nonces, and both certificates.
 * So one that was heard before proves nothing on another connection, one end's is not the other's,
 * and whoever sits between two ends with certificates of its own gets nowhere.
 *
 * <p>The end that has dialled proves first: a stranger that knocks gets no proof to try its guesses
 * at.
 */
public final class Proof {
  /** The length of a nonce. */
  public static final int NONCE_BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] DIALLED = "cets dialled".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ACCEPTED = "cets accepted".getBytes(StandardCharsets.US_ASCII);

  private final Secret secret;
  private final boolean dialled;
  private final byte[] hello;
  private byte[] peerHello = {};
  private byte[] certificate = {};
  private byte[] peerCertificate = {};

  /**
   * For a new connection.
   *
   * @param dialled by this end
   * @param name what this end says of itself
   */
  public Proof(Secret secret, boolean dialled, byte[] name) {
    this.secret = secret;
    this.dialled = dialled;
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    hello = Arrays.copyOf(name, name.length + NONCE_BYTES);
    System.arraycopy(nonce, 0, hello, name.length, NONCE_BYTES);
  }

  /** This end's hello: what it says of itself, and the nonce. */
  public byte[] hello() {
    return hello.clone();
  }

  /** What the other end has said, and by which certificates; none without TLS. */
  public void heard(byte[] theirHello, byte[] ownCertificate, byte[] theirCertificate) {
    peerHello = theirHello;
    certificate = ownCertificate;
    peerCertificate = theirCertificate;
  }

  /** For the other end to see. */
  public byte[] own() {
    return secret.proof(
        dialled ? DIALLED : ACCEPTED, hello, peerHello, certificate, peerCertificate);
  }

  /** Does the other end know the secret? Takes as long for a wrong proof as for the right one. */
  public boolean isProven(byte[] given) {
    byte[] expected =
        secret.proof(dialled ? ACCEPTED : DIALLED, peerHello, hello, peerCertificate, certificate);
    return MessageDigest.isEqual(expected, given);
  }
}
