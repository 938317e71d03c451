package dev.cets.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cets.Discoveries;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What name servers say, and what they do not; a real one is asked in the tests of the engine. */
@Timeout(60)
class DnsDiscoveryTest {
  private static final int PORT = 7800;
  private static final String NAME = "nodes.test";

  /** A server that is not there is given this time, too. */
  private static final int SOON_MILLIS = 100;

  private static final int LATE_MILLIS = 750;

  private final ScriptedDnsServer server;

  DnsDiscoveryTest() throws IOException {
    server = new ScriptedDnsServer();
  }

  @AfterEach
  void end() {
    server.close();
  }

  private List<String> discovered(Discovery discovery) throws IOException {
    return discovery.discover().stream().map(NodeAddress::toString).toList();
  }

  private Discovery addresses() {
    return Discoveries.dns(NAME, PORT, server.address());
  }

  private Discovery services() {
    return Discoveries.dnsService("_cets._tcp.nodes.test", server.address());
  }

  private void assertFails(Discovery discovery, String... parts) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(discovery::discover)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).contains(NAME));
  }

  @Test
  void discover_severalAddresses_allWithThePort() throws IOException {
    server.addresses("A nodes.test", "127.0.0.2", "127.0.0.3");
    server.hasNone("AAAA nodes.test");

    assertThat(discovered(addresses())).containsExactly("127.0.0.2:7800", "127.0.0.3:7800");
  }

  @Test
  void discover_ipv6Addresses_areInBracketsBesideTheOthers() throws IOException {
    server.addresses("A nodes.test", "127.0.0.2");
    server.addresses("AAAA nodes.test", "::1", "fd00::7");

    assertThat(discovered(addresses()))
        .containsExactly("127.0.0.2:7800", "[::1]:7800", "[fd00::7]:7800");
  }

  @Test
  void discover_addressesChange_theNewOnesAreToldAtOnce() throws IOException {
    server.addresses("A nodes.test", "127.0.0.2");
    Discovery discovery = addresses();
    assertThat(discovered(discovery)).containsExactly("127.0.0.2:7800");

    server.addresses("A nodes.test", "127.0.0.3");

    assertThat(discovered(discovery)).containsExactly("127.0.0.3:7800");
  }

  @Test
  void discover_services_eachWithItsHostAndPort() throws IOException {
    server.services(
        "_cets._tcp.nodes.test", "7801 a.nodes.test", "7802 b.nodes.test", "0 c", "7 .");

    assertThat(discovered(services())).containsExactly("a.nodes.test:7801", "b.nodes.test:7802");
  }

  @Test
  void discover_nameWithoutSuchRecords_isNobody() throws IOException {
    server.hasNone("A nodes.test");
    server.hasNone("AAAA nodes.test");
    server.hasNone("SRV _cets._tcp.nodes.test");

    assertThat(discovered(addresses())).isEmpty();
    assertThat(discovered(services())).isEmpty();
  }

  @Test
  void discover_nameThatDoesNotExist_isAnErrorThatNamesIt() {
    assertFails(addresses(), "DNS name nodes.test at 127.0.0.1:", " does not exist");
    assertFails(services(), "DNS service _cets._tcp.nodes.test at ", " does not exist");
  }

  @ParameterizedTest
  @ValueSource(ints = {ScriptedDnsServer.SERVFAIL, ScriptedDnsServer.REFUSED, 1, 4})
  void discover_serverFails_isAnErrorThatSaysWhy(int code) {
    server.fails("A nodes.test", code);
    server.fails("SRV _cets._tcp.nodes.test", code);

    assertFails(addresses(), "cannot be looked up: ", code == 2 ? "(SERVFAIL)" : "code " + code);
    assertFails(services(), "cannot be looked up: ");
  }

  @Test
  void discover_serverIsSilent_isAnErrorAfterThreeSeconds() {
    server.isSilentOn("A nodes.test");
    long began = System.nanoTime();

    assertFails(addresses(), "cannot be looked up: no server has answered");

    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
        .isGreaterThan(2_500)
        .isLessThan(10_000);
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void discover_lateAnswer_isTaken() throws IOException {
    server.services("_cets._tcp.nodes.test", "7801 a.nodes.test");
    server.delay(LATE_MILLIS);

    assertThat(
            discovered(
                DnsDiscovery.services("_cets._tcp.nodes.test", List.of(server.address()))
                    .trying(LATE_MILLIS - 50)))
        .containsExactly("a.nodes.test:7801");
  }

  @Test
  void discover_nobodyListens_isAnErrorThatSaysSo() {
    Discovery discovery =
        DnsDiscovery.addresses(NAME, PORT, List.of(server.address())).trying(SOON_MILLIS);
    server.close();

    assertFails(discovery, "cannot be looked up: nobody listens at the server's port");
  }

  @Test
  void discover_firstServerIsGone_theNextIsAsked() throws IOException {
    server.addresses("A nodes.test", "127.0.0.2");
    NodeAddress gone;
    try (ScriptedDnsServer ended = new ScriptedDnsServer()) {
      gone = ended.address();
    }
    Discovery discovery =
        DnsDiscovery.addresses(NAME, PORT, List.of(gone, server.address())).trying(SOON_MILLIS);

    assertThat(discovered(discovery)).containsExactly("127.0.0.2:7800");
  }

  @ParameterizedTest
  @ValueSource(ints = {ScriptedDnsServer.SERVFAIL, ScriptedDnsServer.NXDOMAIN, 4})
  void discover_serverKnowsNoIpv6AndSaysSoWrongly_ipv4IsUsed(int code) throws IOException {
    server.addresses("A nodes.test", "127.0.0.2");
    server.fails("AAAA nodes.test", code);

    assertThat(discovered(addresses())).containsExactly("127.0.0.2:7800");
  }

  @Test
  void discover_noIpv4AndIpv6CannotBeKnown_isAnError() {
    server.hasNone("A nodes.test");
    server.fails("AAAA nodes.test", ScriptedDnsServer.SERVFAIL);

    assertFails(addresses(), "(SERVFAIL)");
  }

  @Test
  void discover_shortName_isCompletedBySearchDomainsInTheirOrder(@TempDir Path dir)
      throws IOException {
    Path file = dir.resolve("resolv.conf");
    Files.writeString(file, "# pods\nsearch chat.svc.test svc.test\noptions ndots:5 edns0\n");
    server.addresses("A nodes.svc.test", "127.0.0.2");
    DnsDiscovery discovery =
        DnsDiscovery.addresses("nodes", PORT, List.of(server.address())).searching(file);

    assertThat(discovered(discovery)).containsExactly("127.0.0.2:7800");
    assertThat(server.asked())
        .containsExactly("A nodes.chat.svc.test", "A nodes.svc.test", "AAAA nodes.svc.test");

    server.fails("A nodes.svc.test", ScriptedDnsServer.NXDOMAIN);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(discovery::discover)
        .withMessageEndingWith(" does not exist, nor in a domain of the search list");
  }

  @Test
  void discover_shortNameThatExistsWithoutAddresses_isNobody(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("resolv.conf"), "search svc.test\n");
    server.hasNone("A nodes.svc.test");
    server.hasNone("AAAA nodes.svc.test");

    assertThat(
            discovered(
                DnsDiscovery.addresses("nodes", PORT, List.of(server.address())).searching(file)))
        .isEmpty();
  }

  @Test
  void discover_serversAreGiven_searchDomainsOfTheSystemAreNotUsed() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(Discoveries.dns("nodes", PORT, server.address())::discover);

    assertThat(server.asked()).containsExactly("A nodes");
  }

  @Test
  void dns_namesAtTheLimits_areTakenOrRefused() {
    String part = "a".repeat(63);
    String longest = String.join(".", part, part, part, "a".repeat(61));
    assertThat(Discoveries.dns(longest, PORT).description()).endsWith(longest);
    for (String bad :
        List.of("", ".", "a b", "a..b", ".a", part + "a", longest + "a", "höst", "a/b", "a\\b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Discoveries.dns(bad, PORT))
          .withMessageStartingWith("DNS name is '" + bad + "'; 1 to 253 characters are allowed");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Discoveries.dns(NAME, 0))
        .withMessage("port is 0; 1 to 65535 is allowed");
  }

  @Test
  void description_tellsNameAndServer() {
    assertThat(Discoveries.dns(NAME, PORT).description()).isEqualTo("DNS name nodes.test");
    assertThat(services().description())
        .isEqualTo("DNS service _cets._tcp.nodes.test at " + server.address());
    assertThat(addresses().longestInterval()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void discover_asManyAddressesAsFitIntoAPacket_allUsed() throws IOException {
    String[] many =
        IntStream.rangeClosed(1, 60).mapToObj(i -> "127.0.1." + i).toArray(String[]::new);
    server.addresses("A nodes.test", many);

    assertThat(discovered(addresses())).hasSize(60);
  }
}
