package dev.cets.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A key with its certificate, and trusted authorities, as they were read from files at once. */
record Credentials(X509ExtendedKeyManager keys, Trust trusted) {
  private static final int MAX_FILE_BYTES = 1024 * 1024;
  private static final char[] IN_MEMORY = "memory".toCharArray();
  private static final String KEY = "node";
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  static Credentials pem(Path certificate, Path key, Path trusted) {
    try {
      List<Certificate> chain = certificates(certificate);
      PublicKey publicKey = chain.getFirst().getPublicKey();
      KeyStore keys = empty();
      keys.setKeyEntry(
          KEY, privateKey(key, publicKey), IN_MEMORY, chain.toArray(Certificate[]::new));
      return of(keys, IN_MEMORY, certificate + " and " + key, trusted(trusted));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("no key store can be made in memory", e);
    }
  }

  static Credentials keyStore(Path keys, char[] password, Path trusted, char[] trustPassword) {
    KeyStore keyStore = read(keys, password);
    KeyStore trustStore = read(trusted, trustPassword);
    try {
      long entries = aliases(keyStore).stream().filter(alias -> isKey(keyStore, alias)).count();
      if (entries != 1) {
        throw new IllegalArgumentException(
            "key store %s has %d keys; one is needed".formatted(keys, entries));
      }
      if (aliases(trustStore).stream().allMatch(alias -> isKey(trustStore, alias))) {
        throw new IllegalArgumentException(
            "key store " + trusted + " has no certificate that is trusted; one is needed");
      }
      return of(keyStore, password, keys.toString(), trust(trustStore));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the key of key store " + keys + " cannot be read; it needs the store's own password", e);
    }
  }

  private static Credentials of(KeyStore keys, char[] password, String where, Trust trusted)
      throws GeneralSecurityException {
    for (String alias : aliases(keys)) {
      if (keys.getKey(alias, password) instanceof PrivateKey key) {
        requirePair(key, keys.getCertificate(alias).getPublicKey(), where);
      }
    }
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, password);
    if (keyManagers.getKeyManagers()[0] instanceof X509ExtendedKeyManager manager) {
      return new Credentials(manager, trusted);
    }
    throw new IllegalStateException("this Java has key managers of an unknown kind");
  }

  /** Trust in the authorities of a PEM file. */
  static Trust trusted(Path file) {
    try {
      KeyStore authorities = empty();
      for (Certificate authority : certificates(file)) {
        authorities.setCertificateEntry("trusted-" + authorities.size(), authority);
      }
      return trust(authorities);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("no key store can be made in memory", e);
    }
  }

  private static Trust trust(KeyStore authorities) throws GeneralSecurityException {
    TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
    trustManagers.init(authorities);
    if (trustManagers.getTrustManagers()[0] instanceof X509ExtendedTrustManager manager) {
      return new Trust(manager);
    }
    throw new IllegalStateException("this Java has trust managers of an unknown kind");
  }

  /** While files are being replaced, the certificate may be new and the key not. */
  private static void requirePair(PrivateKey key, PublicKey publicKey, String where)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    byte[] sample = where.getBytes(StandardCharsets.UTF_8);
    boolean pair = false;
    try {
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(sample);
      pair = signature.verify(signed);
    } catch (InvalidKeyException | SignatureException e) {
      // keys of different kinds, or lengths
    }
    if (!pair) {
      throw new IllegalArgumentException(
          "certificate and key do not belong together in " + where + "; a pair is needed");
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static KeyStore read(Path file, char[] password) {
    try {
      return KeyStore.getInstance(file.toFile(), password);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "key store "
              + file
              + " cannot be read; PKCS#12 or JKS and its password are needed: "
              + e.getMessage(),
          e);
    }
  }

  private static List<String> aliases(KeyStore store) throws GeneralSecurityException {
    return Collections.list(store.aliases());
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key store was not loaded", e);
    }
  }

  private static List<Certificate> certificates(Path file) {
    try {
      List<Certificate> found =
          new ArrayList<>(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(bytes(file))));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          file + " holds something else than certificates; PEM is needed", e);
    }
    throw new IllegalArgumentException(file + " holds no certificate; PEM is needed");
  }

  private static PrivateKey privateKey(Path file, PublicKey publicKey) {
    Matcher pem = PRIVATE_KEY.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          file
              + " holds no PKCS#8 key without a password; 'openssl pkcs8 -topk8 -nocrypt' makes one"
              + " of others");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(publicKey.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "certificate and key do not belong together, or the key in %s is damaged; the certificate's is %s"
              .formatted(file, publicKey.getAlgorithm()),
          e);
    }
  }

  private static byte[] bytes(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new IllegalArgumentException(
            file + " is larger than " + MAX_FILE_BYTES + " bytes, which is the most allowed");
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
