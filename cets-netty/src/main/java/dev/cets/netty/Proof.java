package dev.cets.netty;

import dev.cets.security.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

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
final class Proof {
  static final int NONCE_BYTES = 32;

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
   */
  Proof(Secret secret, boolean dialled, Hello own) {
    this.secret = secret;
    this.dialled = dialled;
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    ByteBuffer known = own.encode();
    hello = ByteBuffer.allocate(known.remaining() + NONCE_BYTES).put(known).put(nonce).array();
  }

  /** This end's hello, with the nonce. */
  ByteBuffer hello() {
    return ByteBuffer.wrap(hello);
  }

  /** What the other end has said, and by which certificates; none without TLS. */
  void heard(byte[] hisHello, byte[] ownCertificate, byte[] hisCertificate) {
    peerHello = hisHello;
    certificate = ownCertificate;
    peerCertificate = hisCertificate;
  }

  /** For the other end to see. */
  ByteBuffer own() {
    return ByteBuffer.wrap(
        dialled
            ? secret.proof(DIALLED, hello, peerHello, certificate, peerCertificate)
            : secret.proof(ACCEPTED, hello, peerHello, certificate, peerCertificate));
  }

  /** Does the other end know the secret? Takes as long for a wrong proof as for the right one. */
  boolean isProven(ByteBuffer proof) {
    byte[] given = new byte[proof.remaining()];
    proof.get(given);
    byte[] expected =
        secret.proof(dialled ? ACCEPTED : DIALLED, peerHello, hello, peerCertificate, certificate);
    return MessageDigest.isEqual(expected, given);
  }
}
