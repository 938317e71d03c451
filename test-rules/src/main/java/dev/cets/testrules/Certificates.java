package dev.cets.testrules;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.TrustManager;

/**
 * An authority for tests, made anew in each, and files of certificates by it. What it writes under
 * a name that there is replaces the former files.
 */
public final class Certificates {
  private static final Duration DAY = Duration.ofDays(1);

  private final Path folder;
  private final X509Bundle authority;

  /** With its own certificate in {@link #trusted}. */
  public Certificates(Path folder, String name) {
    this.folder = folder;
    authority = made(() -> builder("CN=" + name).setIsCertificateAuthority(true).buildSelfSigned());
    write(trusted(name), authority.getCertificatePEM());
  }

  /** The certificate of an authority of that name in this folder. */
  public Path trusted(String name) {
    return folder.resolve(name + "-ca.pem");
  }

  /** A certificate that is valid for this host name. */
  public Issued of(String name, String host) {
    return of(name, builder("CN=" + name).addSanDnsName(host));
  }

  /** One that was valid until yesterday. */
  public Issued expired(String name, String host) {
    Instant now = Instant.now();
    return of(
        name,
        builder("CN=" + name)
            .notBefore(now.minus(DAY.multipliedBy(3)))
            .notAfter(now.minus(DAY))
            .addSanDnsName(host));
  }

  /** Trust in this authority and no other. */
  public TrustManager[] trustManagers() {
    return authority.toTrustManagerFactory().getTrustManagers();
  }

  /** Puts the content of a file into another one, at once. */
  public static void replace(Path file, Path by) {
    try {
      write(file, Files.readString(by));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** That trust in a store of this type. */
  public Path trustStore(Path file, String type, char[] password) {
    return store(
        file, type, password, store -> store.setCertificateEntry("ca", authority.getCertificate()));
  }

  private Issued of(String name, CertificateBuilder certificate) {
    X509Bundle bundle =
        made(
            () ->
                certificate
                    .addExtendedKeyUsageServerAuth()
                    .addExtendedKeyUsageClientAuth()
                    .buildIssuedBy(authority));
    return new Issued(
        write(folder.resolve(name + ".pem"), bundle.getCertificatePathPEM()),
        write(folder.resolve(name + "-key.pem"), bundle.getPrivateKeyPEM()),
        bundle);
  }

  private static CertificateBuilder builder(String subject) {
    return new CertificateBuilder()
        .subject(subject)
        .ecp256()
        .notBefore(Instant.now().minus(DAY))
        .notAfter(Instant.now().plus(DAY));
  }

  private static Path write(Path file, String text) {
    try {
      Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
      return Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Filling {
    void fill(KeyStore store) throws GeneralSecurityException;
  }

  private static Path store(Path file, String type, char[] password, Filling filling) {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      filling.fill(store);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, password);
      return Files.write(file, bytes.toByteArray());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a key store cannot be made", e);
    }
  }

  private interface Making {
    X509Bundle make() throws Exception;
  }

  private static X509Bundle made(Making making) {
    try {
      return making.make();
    } catch (Exception e) {
      throw new IllegalStateException("a certificate cannot be made", e);
    }
  }

  /**
   * A certificate in files, with those behind it.
   *
   * @param certificate PEM
   * @param key PEM, PKCS#8
   */
  public record Issued(Path certificate, Path key, X509Bundle bundle) {
    /** The same in a store of this type. */
    public Path keyStore(Path file, String type, char[] password) {
      return store(
          file,
          type,
          password,
          store ->
              store.setKeyEntry(
                  "node", bundle.getKeyPair().getPrivate(), password, bundle.getCertificatePath()));
    }
  }
}
