package dev.cets.server.cli;

import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.server.daemon.Protection;
import dev.cets.server.http.Token;
import dev.cets.server.http.Tokens;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What keeps others out of a node. Secrets come in files: everybody can read a command line. */
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class ProtectionOptions {
  private static final String FILE = "FILE";

  @Option(
      names = "--tls-certificate",
      paramLabel = FILE,
      description = {
        "The node's certificate as PEM, for other nodes and HTTP. Nodes then talk over TLS alone,",
        "and so does HTTP. Files that are replaced are read again."
      })
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = FILE,
      description = "Its private key: PEM, PKCS#8, without a password.")
  private @Nullable Path key;

  @Option(
      names = "--tls-trusted",
      paramLabel = FILE,
      description = "The authorities whose certificates are believed, of other nodes: PEM.")
  private @Nullable Path trusted;

  @Option(
      names = "--tls-host-names",
      paramLabel = "true|false",
      arity = "1",
      defaultValue = "true",
      converter = NodeConverters.YesOrNo.class,
      description = {
        "Whether the certificate of a node that is dialled by a host name must be for that name",
        "(default: ${DEFAULT-VALUE})."
      })
  private Boolean hostNames;

  @Option(
      names = "--secret-file",
      paramLabel = FILE,
      converter = NodeConverters.SecretFile.class,
      description = {
        "What all nodes of the cluster know and nobody else: 16 to 4096 bytes. Read again when it is",
        "replaced, as tokens are."
      })
  private @Nullable Secret secret;

  @Option(
      names = "--read-token-file",
      paramLabel = FILE,
      converter = NodeConverters.TokenFile.class,
      description = "The token for reading over HTTP: 16 to 1024 characters.")
  private @Nullable Token readToken;

  @Option(
      names = "--admin-token-file",
      paramLabel = FILE,
      converter = NodeConverters.TokenFile.class,
      description = "The token for everything over HTTP.")
  private @Nullable Token adminToken;

  @Option(
      names = "--insecure",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      converter = NodeConverters.YesOrNo.class,
      description = {
        "Allows ports that other machines can reach without TLS, secret and tokens (default:",
        "${DEFAULT-VALUE})."
      })
  private Boolean insecure;

  /**
   * All of it; reads the files.
   *
   * @throws IllegalArgumentException if something is missing or cannot be read
   */
  Protection protection() {
    return new Protection(tls(), secret, new Tokens(readToken, adminToken), insecure);
  }

  private @Nullable Tls tls() {
    if (certificate == null || key == null || trusted == null) {
      if (Stream.of(certificate, key, trusted).anyMatch(file -> file != null)) {
        throw new IllegalArgumentException(
            "--tls-certificate, --tls-key and --tls-trusted go together; all three are needed");
      }
      return null;
    }
    Tls tls = Tls.pem(certificate, key, trusted);
    return hostNames ? tls : tls.withoutHostNames();
  }
}
