package dev.cets.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.testrules.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from files, and what is said of files that cannot be. */
class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;
  private Certificates authority;
  private Certificates.Issued node;

  @BeforeEach
  void issue() {
    authority = new Certificates(folder, "ca");
    node = authority.of("node", "localhost");
  }

  private Path trusted() {
    return authority.trusted("ca");
  }

  private Tls pem() {
    return Tls.pem(node.certificate(), node.key(), trusted());
  }

  @Test
  void pem_missingFile_saysWhich() {
    Path none = folder.resolve("none.pem");

    assertThatThrownBy(() -> Tls.pem(none, node.key(), trusted()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.pem cannot be read");
  }

  @Test
  void pem_keyOfAnother_isRefused() {
    Certificates.Issued other = authority.of("other", "localhost");

    assertThatThrownBy(() -> Tls.pem(node.certificate(), other.key(), trusted()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not belong together");
  }

  @Test
  void pem_keyOfAnotherFormat_saysHowToChangeIt() throws IOException {
    Files.writeString(
        node.key(), "-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n");

    assertThatThrownBy(this::pem)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
  }

  @Test
  void pem_certificatesOfRubbish_areRefused() throws IOException {
    Files.writeString(node.certificate(), "rubbish");
    assertThatThrownBy(this::pem)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("node.pem holds");
  }

  @Test
  void keyStore_pkcs12AndJks_areRead() {
    for (String type : new String[] {"PKCS12", "JKS"}) {
      Path keys = node.keyStore(folder.resolve(type), type, PASSWORD);
      Path trust = authority.trustStore(folder.resolve(type + "-trust"), type, PASSWORD);

      assertThat(Tls.keyStore(keys, PASSWORD, trust, PASSWORD).context()).isNotNull();
    }
  }

  @Test
  void keyStore_wrongPasswordOrNoKey_isRefused() {
    Path keys = node.keyStore(folder.resolve("keys"), "PKCS12", PASSWORD);
    Path trust = authority.trustStore(folder.resolve("trust"), "PKCS12", PASSWORD);

    assertThatThrownBy(() -> Tls.keyStore(keys, "wrong".toCharArray(), trust, PASSWORD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PKCS#12 or JKS and its password are needed");
    assertThatThrownBy(() -> Tls.keyStore(trust, PASSWORD, trust, PASSWORD))
        .hasMessageContaining("has 0 keys; one is needed");
    assertThatThrownBy(() -> Tls.keyStore(keys, PASSWORD, keys, PASSWORD))
        .hasMessageContaining("no certificate that is trusted");
  }

  @Test
  void refresh_nothingChanged_readsNothing() {
    assertThat(pem().refresh()).isFalse();
  }

  @Test
  void refresh_halfReplaced_waitsForTheOtherHalf() {
    Tls tls = pem();
    Certificates.Issued other = authority.of("other", "localhost");

    Certificates.replace(node.certificate(), other.certificate());
    assertThat(tls.refresh()).isFalse();
    Certificates.replace(node.key(), other.key());
    assertThat(tls.refresh()).isTrue();
    assertThat(tls.refresh()).isFalse();
  }

  @Test
  void refresh_keyStoreReplaced_isReadAnew() {
    Path keys = node.keyStore(folder.resolve("keys"), "PKCS12", PASSWORD);
    Path trust = authority.trustStore(folder.resolve("trust"), "PKCS12", PASSWORD);
    Tls tls = Tls.keyStore(keys, PASSWORD, trust, PASSWORD);

    authority.of("other", "localhost").keyStore(keys, "PKCS12", PASSWORD);

    assertThat(tls.refresh()).isTrue();
  }
}
