package dev.cets.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.spi.Transport;
import dev.cets.spi.Transport.Connection;
import dev.cets.testkit.ThreadedCluster;
import dev.cets.testrules.Ports;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two nodes that send as much as they can at once, each only as it has room. */
class FloodTest {
  private static final long BYTES = 48L * 1024 * 1024;

  /** Sends whenever there is room, and looks whether all comes in order. */
  private static final class Flooder extends Heard {
    final AtomicLong received = new AtomicLong();
    private final int frameBytes;
    private long sent;
    private long numberSent;
    private long numberHeard;
    volatile boolean inOrder = true;

    Flooder(int frameBytes) {
      this.frameBytes = frameBytes;
    }

    @Override
    public void connected(Connection connection) {
      super.connected(connection);
      pump(connection);
    }

    @Override
    public void writable(Connection connection) {
      pump(connection);
    }

    private void pump(Connection connection) {
      while (sent < BYTES && connection.writable()) {
        connection.send(ByteBuffer.allocate(frameBytes).putLong(0, numberSent++));
        sent += frameBytes;
      }
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
      inOrder &= frame.getLong(0) == numberHeard++;
      received.addAndGet(frame.remaining());
    }
  }

  private static void flood(Transport a, Transport b, int frameBytes) throws IOException {
    Flooder atA = new Flooder(frameBytes);
    Flooder atB = new Flooder(frameBytes);
    try (a;
        b) {
      a.start("a", atA);
      b.start("b", atB);
      a.seek(Set.of(b.address()));
      ThreadedCluster.until(() -> atA.received.get() >= BYTES && atB.received.get() >= BYTES);
      assertThat(atA.inOrder && atB.inOrder).isTrue();
      assertThat(atA.disconnected).isEmpty();
      assertThat(atB.disconnected).isEmpty();
    }
  }

  @Test
  void flood_largeFramesBothWays_allArrive() throws IOException {
    flood(JGroupsTransport.port(0), JGroupsTransport.port(0), 1024 * 1024);
  }

  @Test
  void flood_smallFramesBothWays_allArrive() throws IOException {
    flood(JGroupsTransport.port(0), JGroupsTransport.port(0), 1_000);
  }

  /** With flow control that blocks, and a bundler whose one thread writes to all sockets. */
  @Test
  void flood_overAFullStackOfSomebodyElse_allArrive() throws Exception {
    Group group = new Group();
    flood(
        JGroupsTransport.channel(group.channel("a")),
        JGroupsTransport.channel(group.channel("b")),
        100_000);
  }

  @Test
  void flood_inAGroupOfOurOwn_allArrive() throws IOException {
    int port = Ports.free();
    flood(
        JGroupsTransport.builder().port(port).discovery(Group.at(port)).build(),
        JGroupsTransport.builder().port(Ports.free()).discovery(Group.at(port)).build(),
        100_000);
  }
}
