package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class HeldPortsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void port_held_refusesUntilAServerListensThereAndAgainAfterwards() throws Exception {
    try (var ports = new HeldPorts(1)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> new Socket(LOOPBACK, ports.port(0)).close())
            .isInstanceOf(ConnectException.class);
        try (var server = new ServerSocket(ports.port(0), 1, LOOPBACK);
            var client = new Socket(LOOPBACK, ports.port(0));
            Socket accepted = server.accept()) {
          assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
        }
      }
    }
  }

  @Test
  void ports_several_differ() throws Exception {
    try (var ports = new HeldPorts(20)) {
      assertThat(ports.all()).hasSize(20).doesNotHaveDuplicates();
    }
  }
}
