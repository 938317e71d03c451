package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cets.CetsNode;
import dev.cets.Discoveries;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ClusterHarness;
import dev.cets.testkit.ThreadedCluster;
import dev.cets.testrules.HeldPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes at addresses of their own with one port, found by one name, as pods are. */
@Timeout(120)
class DnsClusterTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final List<CetsNode> running = new ArrayList<>();
  private Dnsmasq dnsmasq;
  private HeldPorts held;
  private int port;

  @BeforeEach
  void begin() throws IOException {
    dnsmasq = new Dnsmasq(directory);
    held = HeldPorts.ofAll("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5");
    port = held.port();
  }

  @AfterEach
  void end() {
    running.forEach(CetsNode::close);
    if (dnsmasq != null) {
      dnsmasq.close();
    }
    if (held != null) {
      held.close();
    }
  }

  private void records(String... hosts) throws IOException, InterruptedException {
    dnsmasq.hosts(Stream.of(hosts).map(host -> host + " nodes.test").toList());
  }

  private Discovery byName() {
    return Discoveries.every(
        Duration.ofMillis(200), Discoveries.dns("nodes.test", port, dnsmasq.address()));
  }

  private CetsNode start(String name, String host, Discovery... discoveries) {
    CetsNode.Builder builder =
        CetsNode.builder(name)
            .beat(Duration.ofMillis(100))
            .silenceLimit(Duration.ofMillis(800))
            .discoveryAfterError(Duration.ofMillis(200))
            .transport(
                NettyTransport.builder()
                    .bind(host)
                    .port(port)
                    .redial(Duration.ofMillis(5), Duration.ofMillis(200))
                    .build());
    Stream.of(discoveries).forEach(builder::discovery);
    CetsNode node = builder.start();
    running.add(node);
    node.open(ClusterHarness.SESSIONS);
    return node;
  }

  private static void await(BooleanSupplier condition) {
    ThreadedCluster.until(condition);
  }

  private static void awaitJoined(CetsNode node, String... names) {
    await(() -> node.status().joinedNodes().equals(List.of(names)));
  }

  @Test
  void headlessName_threeNodesOnePort_findEachOther() throws Exception {
    records("127.0.0.2", "127.0.0.3", "127.0.0.4");

    CetsNode a = start("a", "127.0.0.2", byName());
    CetsNode b = start("b", "127.0.0.3", byName());
    CetsNode c = start("c", "127.0.0.4", byName());

    for (CetsNode node : List.of(a, b, c)) {
      node.awaitReady(LIMIT);
      awaitJoined(node, "a", "b", "c");
      assertThat(node.status().discoveredNodes()).containsExactly("a", "b", "c");
      assertThat(node.status().unavailableNodes()).isEmpty();
    }
  }

  @Test
  void headlessName_recordAppearsLater_theNodeIsFound() throws Exception {
    records("127.0.0.2");
    CetsNode a = start("a", "127.0.0.2", byName());
    start("b", "127.0.0.3");
    a.awaitReady(LIMIT);
    assertThat(a.status().availableNodes()).containsExactly("a");

    records("127.0.0.2", "127.0.0.3");

    awaitJoined(a, "a", "b");
  }

  /** The moved node looks for nobody, so it is the others who find it. */
  @Test
  void headlessName_nodeComesBackAtAnotherAddress_isFoundUnderItsName() throws Exception {
    records("127.0.0.2", "127.0.0.3");
    CetsNode a = start("a", "127.0.0.2", byName());
    CetsNode b = start("b", "127.0.0.3");
    awaitJoined(a, "a", "b");

    b.close();
    await(() -> a.status().unavailableNodes().equals(List.of("b")));
    CetsNode moved = start("b", "127.0.0.5");
    records("127.0.0.2", "127.0.0.5");

    awaitJoined(a, "a", "b");
    awaitJoined(moved, "a", "b");
    assertThat(a.status().unavailableNodes()).isEmpty();
    assertThat(a.status().discovery().getFirst().lastAnswer())
        .containsExactly("127.0.0.2:" + port, "127.0.0.5:" + port);
  }

  @Test
  void headlessName_doesNotExistYet_nodeRunsAloneAndTheClusterFormsLater() throws Exception {
    String name = "later.test";
    Discovery later =
        Discoveries.every(Duration.ofMillis(200), Discoveries.dns(name, port, dnsmasq.address()));
    CetsNode a = start("a", "127.0.0.2", later);
    start("b", "127.0.0.3");

    a.awaitReady(LIMIT);
    assertThat(a.status().discoveryWorks()).isFalse();
    assertThat(a.status().reasons())
        .singleElement()
        .asString()
        .contains("DNS name later.test", "does not exist");

    dnsmasq.hosts(List.of("127.0.0.2 later.test", "127.0.0.3 later.test"));

    awaitJoined(a, "a", "b");
    assertThat(a.status().discoveryWorks()).isTrue();
  }

  @Test
  void nameServer_goesAway_nodesStayAndTheLastAnswerStands() throws Exception {
    records("127.0.0.2", "127.0.0.3");
    CetsNode a = start("a", "127.0.0.2", byName());
    CetsNode b = start("b", "127.0.0.3");
    awaitJoined(a, "a", "b");

    dnsmasq.stop();
    await(() -> !a.status().discoveryWorks());
    assertThat(a.status().discoveredNodes()).containsExactly("a", "b");
    b.close();
    await(() -> a.status().availableNodes().equals(List.of("a")));
    start("b", "127.0.0.3");

    awaitJoined(a, "a", "b");
    records("127.0.0.2", "127.0.0.3");
    await(() -> a.status().discoveryWorks());
  }

  @Test
  void service_nodesOfDifferentPorts_areFound() throws Exception {
    dnsmasq.hosts(List.of("127.0.0.2 a.nodes.test", "127.0.0.3 b.nodes.test"));
    CetsNode b = start("b", "127.0.0.3");
    int other = Objects.requireNonNull(b.address()).port();
    dnsmasq.services(List.of("127.0.0.3," + other, "a.nodes.test," + port));

    CetsNode a =
        start("a", "127.0.0.2", Discoveries.dnsService("_cets._tcp.nodes.test", dnsmasq.address()));

    awaitJoined(a, "a", "b");
  }

  @Test
  void discover_moreAddressesThanAPacketHolds_allAreTold() throws Exception {
    List<String> hosts =
        IntStream.range(0, 300).mapToObj(i -> "127.1." + i / 200 + "." + (1 + i % 200)).toList();
    records(hosts.toArray(String[]::new));

    assertThat(Discoveries.dns("nodes.test", port, dnsmasq.address()).discover())
        .extracting(NodeAddress::host)
        .containsExactlyInAnyOrderElementsOf(hosts);
  }

  @Test
  void discover_nameThatDoesNotExist_isAnErrorOfARealServerToo() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(Discoveries.dns("nobody.test", port, dnsmasq.address())::discover)
        .withMessage("DNS name nobody.test at " + dnsmasq.address() + " does not exist");
    assertThatExceptionOfType(IOException.class)
        .as("this server answers for no other domain")
        .isThrownBy(Discoveries.dns("nobody.elsewhere", port, dnsmasq.address())::discover)
        .withMessageContaining("cannot be looked up: ");
  }
}
