package dev.cets.jgroups;

import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.testrules.Certificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same behaviour with TLS and a secret. */
class JGroupsSecuredTransportContractTest extends JGroupsTransportContractTest {
  @TempDir private static @Nullable Path folder;
  private static @Nullable Tls tls;

  @BeforeAll
  static void issue() {
    Certificates authority = new Certificates(Objects.requireNonNull(folder), "ca");
    Certificates.Issued issued = authority.of("node", "localhost");
    tls = Tls.pem(issued.certificate(), issued.key(), authority.trusted("ca"));
  }

  @Override
  protected Transport newTransport() {
    return builder().build();
  }

  @Override
  protected Transport newTransportAt(NodeAddress address) {
    return builder().port(address.port()).build();
  }

  private static JGroupsTransport.Builder builder() {
    return JGroupsTransport.builder()
        .tls(Objects.requireNonNull(tls))
        .secret(Secret.of("the secret of this cluster".getBytes(StandardCharsets.US_ASCII)));
  }
}
