package dev.cets.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;

  /** By openssl: printf '\0\0\0\2hi' | openssl dgst -sha256 -hmac 0123456789abcdef. */
  @Test
  void proof_knownText_isItsHmacWithLengths() {
    byte[] proof = Secret.of(KEY).proof("hi".getBytes(StandardCharsets.US_ASCII));

    assertThat(HexFormat.of().formatHex(proof))
        .isEqualTo("762b5b0f62bfb84474aefb82c8d081e648dc0a07a0ee3ed31a9c024e843b2f18");
  }

  @Test
  void proof_partsCutElsewhere_isAnother() {
    Secret secret = Secret.of(KEY);

    assertThat(secret.proof(new byte[2], new byte[1]))
        .isNotEqualTo(secret.proof(new byte[1], new byte[2]));
  }

  @Test
  void file_lineBreakAtTheEnd_isNotPartOfIt() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "0123456789abcdef\r\n");

    assertThat(Secret.file(file).proof(KEY)).isEqualTo(Secret.of(KEY).proof(KEY));
  }

  @Test
  void file_tooShortTooLongOrMissing_isRefusedWithWhatIsAllowed() throws IOException {
    Path weak = Files.writeString(folder.resolve("weak"), "hunter2\n");
    Path huge = Files.write(folder.resolve("huge"), new byte[5000]);

    assertThatThrownBy(() -> Secret.file(weak))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the secret in " + weak + " has 7 bytes; 16 to 4096 are allowed");
    assertThatThrownBy(() -> Secret.file(huge))
        .hasMessage("the secret in " + huge + " has too many bytes; 16 to 4096 are allowed");
    assertThatThrownBy(() -> Secret.file(folder.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void refresh_fileReplaced_isTheNewSecret() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "0123456789abcdef\n");
    Secret secret = Secret.file(file);
    assertThat(secret.refresh()).isFalse();

    Files.writeString(file, "another secret of it\n");

    assertThat(secret.refresh()).isTrue();
    assertThat(secret.proof(KEY))
        .isEqualTo(
            Secret.of("another secret of it".getBytes(StandardCharsets.US_ASCII)).proof(KEY));
    assertThat(secret.refresh()).isFalse();
  }

  @Test
  void refresh_fileTooShortOrMissing_theFormerSecretCounts() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "0123456789abcdef\n");
    Secret secret = Secret.file(file);

    Files.writeString(file, "half");
    assertThat(secret.refresh()).isFalse();
    assertThat(secret.proof(KEY)).isEqualTo(Secret.of(KEY).proof(KEY));
    Files.delete(file);
    assertThat(secret.refresh()).isFalse();
    assertThat(secret.proof(KEY)).isEqualTo(Secret.of(KEY).proof(KEY));
  }

  @Test
  void toString_secret_tellsNothing() {
    assertThat(Secret.of(KEY)).hasToString("Secret");
  }
}
