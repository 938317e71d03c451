package dev.cets.security;

import dev.cets.files.LiveFiles;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * By what a node shows who it is, and whom it believes: a certificate with its key, and the
 * certificates of the authorities that are trusted. Between nodes both ends show theirs, over TLS
 * 1.3.
 *
 * <p>The files may be replaced at any time: a transport that uses this looks at them every few
 * seconds, and takes new ones for connections that it makes from then on. As long as they do not go
 * together, or cannot be read, it uses the former ones, and says so in the log.
 *
 * <p>A node that dials a host name wants a certificate for that name; one that dials an IP wants
 * any that is trusted, since the addresses that discovery tells seldom stand in certificates.
 */
public final class Tls {
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private final LiveFiles<Credentials> credentials;
  private final boolean hostNames;

  private Tls(LiveFiles<Credentials> credentials, boolean hostNames) {
    this.credentials = credentials;
    this.hostNames = hostNames;
  }

  private static Tls of(List<Path> files, Supplier<Credentials> reading) {
    return new Tls(new LiveFiles<>("Certificates", files, reading), true);
  }

  /**
   * From PEM files.
   *
   * @param certificate this node's certificate, and behind it those of authorities in between
   * @param key its private key, as PKCS#8 without a password ({@code BEGIN PRIVATE KEY})
   * @param trusted the authorities whose certificates are believed
   * @throws IllegalArgumentException if one cannot be read, or key and certificate do not belong
   *     together
   */
  public static Tls pem(Path certificate, Path key, Path trusted) {
    return of(List.of(certificate, key, trusted), () -> Credentials.pem(certificate, key, trusted));
  }

  /**
   * From key stores, PKCS#12 or JKS.
   *
   * @param keyStore has one key, with its certificate
   * @param password of that store and of its key; copied
   * @param trustStore the authorities whose certificates are believed
   * @param trustPassword of that one; copied
   * @throws IllegalArgumentException if one cannot be read, or holds something else
   */
  public static Tls keyStore(
      Path keyStore, char[] password, Path trustStore, char[] trustPassword) {
    char[] ofKeys = password.clone();
    char[] ofTrusted = trustPassword.clone();
    return of(
        List.of(keyStore, trustStore),
        () -> Credentials.keyStore(keyStore, ofKeys, trustStore, ofTrusted));
  }

  /**
   * The same, and certificates need not be for the host name that is dialled: for certificates that
   * are made out to something else than hosts. Whoever has a trusted one is then believed anywhere.
   */
  public Tls withoutHostNames() {
    return new Tls(credentials, false);
  }

  /**
   * For engines: what the next connection is made with. A new one for each, so that no session of
   * before lives on when certificates have changed or expired.
   */
  public SSLContext context() {
    Credentials current = credentials.current();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {current.keys()}, new TrustManager[] {current.trusted()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /**
   * For a server whose clients show no certificates, such as one of HTTP. The same one serves for
   * good: it takes new files for new connections.
   */
  public SSLContext serving() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new LiveKeys(() -> credentials.current().keys())}, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /**
   * For a client that shows no certificate, such as one of HTTP.
   *
   * @param trusted PEM: the authorities whose certificates are believed
   * @throws IllegalArgumentException if it cannot be read
   */
  public static SSLContext trusting(Path trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {Credentials.trusted(trusted)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /**
   * For engines: how an end dials a name or IP.
   *
   * @param literal whether it is an IP
   */
  public SSLParameters dialling(boolean literal) {
    SSLParameters parameters = new SSLParameters(null, PROTOCOLS.clone());
    if (hostNames && !literal) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return parameters;
  }

  /** For engines: how an end that is dialled answers. It wants a certificate, too. */
  public SSLParameters accepting() {
    SSLParameters parameters = new SSLParameters(null, PROTOCOLS.clone());
    parameters.setNeedClientAuth(true);
    return parameters;
  }

  /**
   * For engines, to be called every few seconds: reads the files again if they have changed. Blocks
   * on the disk, and never throws.
   *
   * @return whether there are others now
   */
  public boolean refresh() {
    return credentials.refresh();
  }
}
