package dev.cets.security;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Java's own trust, and that the certificate is valid today: one that stands among the trusted ones
 * itself Java would believe for ever.
 */
final class Trust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager ofJava;

  Trust(X509ExtendedTrustManager ofJava) {
    this.ofJava = ofJava;
  }

  private static void requireValid(X509Certificate[] chain) throws CertificateException {
    chain[0].checkValidity();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    ofJava.checkClientTrusted(chain, type, socket);
    requireValid(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    ofJava.checkServerTrusted(chain, type, socket);
    requireValid(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    ofJava.checkClientTrusted(chain, type, engine);
    requireValid(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    ofJava.checkServerTrusted(chain, type, engine);
    requireValid(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    ofJava.checkClientTrusted(chain, type);
    requireValid(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    ofJava.checkServerTrusted(chain, type);
    requireValid(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return ofJava.getAcceptedIssuers();
  }
}
