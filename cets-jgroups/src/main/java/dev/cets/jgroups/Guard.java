package dev.cets.jgroups;

import dev.cets.engine.Exposure;
import dev.cets.engine.Proof;
import dev.cets.engine.Resolver;
import dev.cets.engine.TlsReasons;
import dev.cets.security.Secret;
import dev.cets.security.Tls;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What both ends of a new socket show each other before JGroups sees a byte of it: certificates, by
 * TLS, and then the proof that they know the cluster's secret.
 *
 * @param tls null: plain text
 * @param secret null: no proof
 * @param insecure whether others may reach a port without both
 */
record Guard(@Nullable Tls tls, @Nullable Secret secret, boolean insecure) {
  /** Nothing is shown: whoever has made the channel guards it. */
  static final Guard NONE = new Guard(null, null, false);

  /** The first bytes of a hello: CETS, and the version of this exchange. */
  private static final byte[] MAGIC = {'C', 'E', 'T', 'S', 1};

  private static final int MAX_HELLO_BYTES = 1024;
  private static final int PROOF_BYTES = 32;

  /** The other end is no peer of this cluster. The message completes "it ...". */
  static final class StrangerException extends IOException {
    private static final long serialVersionUID = 1;

    StrangerException(String message) {
      super(message);
    }
  }

  /** Why a port may not be opened there; null if it may. */
  @Nullable String exposure(InetAddress bound) {
    return Exposure.problem(bound, tls != null && secret != null, insecure);
  }

  /** Is there anything to show? */
  boolean guards() {
    return tls != null || secret != null;
  }

  /**
   * Blocks until both ends have shown what they must.
   *
   * @param raw connected
   * @param dialled where to, by this end; null if it was accepted
   * @return what is to be read and written from here on
   * @throws StrangerException if what the other end showed is wrong
   * @throws IOException if it does not want this end, or breaks off
   */
  Socket secured(Socket raw, @Nullable InetSocketAddress dialled, String nodeName)
      throws IOException {
    Socket socket = raw;
    try {
      SSLSession session = null;
      if (tls != null) {
        SSLSocket secured = encrypted(tls, raw, dialled);
        secured.startHandshake();
        session = secured.getSession();
        socket = secured;
      }
      if (secret != null) {
        prove(secret, socket, session, dialled != null, nodeName);
      }
      return socket;
    } catch (SSLException e) {
      String reason = TlsReasons.of(e);
      throw TlsReasons.isOfPeer(e) ? new IOException(reason, e) : new StrangerException(reason);
    } catch (EOFException e) {
      throw new IOException("closed the connection in the handshake", e);
    }
  }

  private static SSLSocket encrypted(Tls tls, Socket raw, @Nullable InetSocketAddress dialled)
      throws IOException {
    String host = dialled == null ? "" : dialled.getHostString();
    Socket made =
        tls.context()
            .getSocketFactory()
            .createSocket(raw, dialled == null ? null : host, raw.getPort(), true);
    if (!(made instanceof SSLSocket socket)) {
      throw new IllegalStateException("this Java has TLS sockets of an unknown kind");
    }
    socket.setUseClientMode(dialled != null);
    socket.setSSLParameters(
        dialled == null ? tls.accepting() : tls.dialling(Resolver.isLiteral(host)));
    return socket;
  }

  /** The end that has dialled proves first, see {@link Proof}. */
  private static void prove(
      Secret secret, Socket socket, @Nullable SSLSession session, boolean dialled, String nodeName)
      throws IOException {
    byte[] name = nodeName.getBytes(StandardCharsets.UTF_8);
    byte[] own = Arrays.copyOf(MAGIC, MAGIC.length + name.length);
    System.arraycopy(name, 0, own, MAGIC.length, name.length);
    Proof proof = new Proof(secret, dialled, own);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] hello = proof.hello();
    // In one piece, as the socket may send each at once.
    byte[] frame = new byte[Short.BYTES + hello.length];
    frame[0] = (byte) (hello.length >> Byte.SIZE);
    frame[1] = (byte) hello.length;
    System.arraycopy(hello, 0, frame, Short.BYTES, hello.length);
    out.write(frame);
    out.flush();
    proof.heard(readHello(in), certificate(session, true), certificate(session, false));
    if (dialled) {
      out.write(proof.own());
      out.flush();
    }
    byte[] theirs = new byte[PROOF_BYTES];
    in.readFully(theirs);
    if (!proof.isProven(theirs)) {
      throw new StrangerException("does not know the cluster's secret");
    }
    if (!dialled) {
      out.write(proof.own());
      out.flush();
    }
  }

  private static byte[] readHello(DataInputStream in) throws IOException {
    int length = in.readUnsignedShort();
    if (length < MAGIC.length + Proof.NONCE_BYTES || length > MAX_HELLO_BYTES) {
      throw noHello();
    }
    byte[] hello = new byte[length];
    in.readFully(hello);
    if (!Arrays.equals(hello, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw noHello();
    }
    return hello;
  }

  private static StrangerException noHello() {
    return new StrangerException("has no cluster secret; this node asks for one");
  }

  private static byte[] certificate(@Nullable SSLSession session, boolean own) throws IOException {
    if (session == null) {
      return new byte[0];
    }
    try {
      return (own ? session.getLocalCertificates() : session.getPeerCertificates())[0].getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IOException("has a certificate that cannot be read", e);
    }
  }
}
