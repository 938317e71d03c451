package dev.cets.netty;

import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.testrules.Certificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the nodes of a cluster have, and what others have in its place. */
final class Credentials {
  static final Secret SECRET = secret("the secret of this very cluster");

  final Path folder = newFolder();
  final Certificates ours = new Certificates(folder, "ours");
  final Certificates theirs = new Certificates(folder, "theirs");

  static Secret secret(String text) {
    return Secret.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A certificate of an authority, and trust in ours. */
  Tls with(Certificates.Issued certificate) {
    return Tls.pem(certificate.certificate(), certificate.key(), ours.trusted("ours"));
  }

  /** As a node of the cluster has it. */
  Tls good(String name) {
    return with(ours.of(name, "localhost"));
  }

  /** A transport that dials often. */
  static NettyTransport.Builder transport() {
    return NettyTransport.builder()
        .redial(Duration.ofMillis(5), Duration.ofMillis(50))
        .refresh(Duration.ofMillis(20));
  }

  NettyTransport.Builder secured(String name) {
    return transport().tls(good(name)).secret(SECRET);
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("cets-tls");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
