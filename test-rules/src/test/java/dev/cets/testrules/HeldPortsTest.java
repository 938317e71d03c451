package dev.cets.testrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class HeldPortsTest {
  private static void assertThatItIsRefusedUntilSomebodyListens(InetAddress address, int port)
      throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> new Socket(address, port).close())
          .isInstanceOf(ConnectException.class);
      try (var server = new ServerSocket(port, 1, address);
          var client = new Socket(address, port);
          Socket accepted = server.accept()) {
        assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
      }
    }
  }

  @Test
  void port_held_refusesUntilAServerListensThereAndAgainAfterwards() throws Exception {
    try (HeldPorts ports = HeldPorts.of(1)) {
      assertThatItIsRefusedUntilSomebodyListens(InetAddress.getLoopbackAddress(), ports.port());
    }
  }

  @Test
  void port_heldAtSeveralAddresses_isThatOfEach() throws Exception {
    try (HeldPorts ports = HeldPorts.ofAll("127.0.0.2", "127.0.0.3")) {
      assertThatItIsRefusedUntilSomebodyListens(InetAddress.getByName("127.0.0.2"), ports.port());
      assertThatItIsRefusedUntilSomebodyListens(InetAddress.getByName("127.0.0.3"), ports.port());
    }
  }

  @Test
  void ports_several_differ() throws Exception {
    try (HeldPorts ports = HeldPorts.of(20)) {
      assertThat(ports.all()).hasSize(20).doesNotHaveDuplicates();
    }
  }
}
