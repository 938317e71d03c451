package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cets.spi.Transport;
import dev.cets.spi.Transport.Connection;
import dev.cets.testkit.TransportRecorder.Disconnected;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The part of {@link TransportContract} about frames. */
abstract class FramesContract extends EventLoopContract {
  /**
   * Makes a transport stop taking from the network until the test is over.
   *
   * @return false if this engine cannot
   */
  protected boolean stopReading(Transport transport) {
    return false;
  }

  /** Two nodes, connected. */
  Node[] pair() {
    Node a = start("a");
    Node b = start("b");
    a.seek(b.address());
    awaitConnected(a, b);
    return new Node[] {a, b};
  }

  void awaitConnected(Node a, Node b) {
    await(() -> a.connectedWith(b) && b.connectedWith(a));
  }

  void send(Node from, Node to, byte[]... frames) {
    on(
        from,
        () -> {
          for (byte[] frame : frames) {
            from.with(to).send(ByteBuffer.wrap(frame));
          }
        });
  }

  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void send_thousandFramesOfAllSizes_arriveWholeInOrder() {
    Node[] pair = pair();
    int frames = 1_000;
    AtomicInteger received = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    pair[1]
        .heard()
        .onFrame(
            (connection, frame) -> {
              int index = received.getAndIncrement();
              if (!frame.equals(ByteBuffer.wrap(variedFrame(index)))) {
                wrong.incrementAndGet();
              }
            });

    int[] next = {0};
    Connection connection = pair[0].with(pair[1]);
    Runnable pump =
        () -> {
          while (next[0] < frames && connection.writable()) {
            connection.send(ByteBuffer.wrap(variedFrame(next[0]++)));
          }
        };
    pair[0].heard().onWritable(writable -> pump.run());
    on(pair[0], pump);
    await(() -> received.get() == frames);

    assertThat(wrong).hasValue(0);
  }

  /** Most are small; 0 bytes, 1 byte and 1 MiB are among them, and all powers of two between. */
  private static byte[] variedFrame(int index) {
    int power = index % 23;
    int length = power == 22 ? 0 : 1 << Math.min(power, 20);
    return bytes(power == 21 ? length - 1 : length, index);
  }

  @Test
  void send_largestFrame_arrivesUnchanged() {
    Node[] pair = pair();
    byte[] largest = bytes(Transport.MAX_FRAME_BYTES, 7);

    send(pair[0], pair[1], largest, bytes(1, 8));
    await(() -> pair[1].heard().frames().size() == 2);

    assertThat(Arrays.equals(pair[1].heard().frames().get(0), largest)).isTrue();
    assertThat(pair[1].heard().frames().get(1)).isEqualTo(bytes(1, 8));
  }

  @Test
  void send_overLimit_neverArrives() {
    Node[] pair = pair();
    AtomicBoolean refused = new AtomicBoolean();

    on(
        pair[0],
        () -> {
          try {
            pair[0].with(pair[1]).send(ByteBuffer.allocate(Transport.MAX_FRAME_BYTES + 1));
          } catch (IllegalArgumentException e) {
            refused.set(true);
          }
        });
    await(() -> refused.get() || pair[0].heard().count(Disconnected.class) > 0);
    settle(pair[0]);

    assertThat(pair[1].heard().frames()).isEmpty();
  }

  @Test
  void send_partOfBuffer_arrivesAsThisPartAndLeavesTheBufferAlone() {
    Node[] pair = pair();
    ByteBuffer frame = ByteBuffer.allocate(100).put(bytes(100, 3)).position(10).limit(20);
    ByteBuffer direct = ByteBuffer.allocateDirect(100).put(bytes(100, 4)).position(10).limit(20);

    on(
        pair[0],
        () -> {
          pair[0].with(pair[1]).send(frame.asReadOnlyBuffer());
          pair[0].with(pair[1]).send(frame);
          pair[0].with(pair[1]).send(direct);
        });
    await(() -> pair[1].heard().frames().size() == 3);

    byte[] expected = Arrays.copyOfRange(bytes(100, 3), 10, 20);
    assertThat(pair[1].heard().frames().get(0)).isEqualTo(expected);
    assertThat(pair[1].heard().frames().get(1)).isEqualTo(expected);
    assertThat(pair[1].heard().frames().get(2))
        .isEqualTo(Arrays.copyOfRange(bytes(100, 4), 10, 20));
    assertThat(frame.remaining()).isEqualTo(10);
  }

  @Test
  void send_sameBufferToTwoPeers_bothReceiveIt() {
    Node[] pair = pair();
    Node a = pair[0];
    Node c = start("c");
    a.seek(pair[1].address(), c.address());
    awaitConnected(a, c);
    ByteBuffer shared = ByteBuffer.wrap(bytes(100_000, 5));

    on(a, () -> List.of(a.with(pair[1]), a.with(c)).forEach(peer -> peer.send(shared)));
    await(() -> pair[1].heard().frames().size() == 1 && c.heard().frames().size() == 1);

    assertThat(pair[1].heard().frames().get(0)).isEqualTo(bytes(100_000, 5));
    assertThat(c.heard().frames().get(0)).isEqualTo(bytes(100_000, 5));
  }

  @Test
  void send_insideConnected_arrivesFirst() {
    Node a = start("a");
    Node b = start("b");
    a.heard().onConnected(connection -> connection.send(ByteBuffer.wrap(bytes(5, 1))));
    b.heard().onConnected(connection -> connection.send(ByteBuffer.wrap(bytes(5, 2))));

    a.seek(b.address());
    await(() -> a.heard().frames().size() == 1 && b.heard().frames().size() == 1);

    assertThat(b.heard().frames().get(0)).isEqualTo(bytes(5, 1));
    assertThat(a.heard().frames().get(0)).isEqualTo(bytes(5, 2));
  }

  @Test
  void send_peerDoesNotRead_othersAreNotDelayed() {
    Node[] pair = pair();
    Node a = pair[0];
    Node deaf = pair[1];
    Node c = start("c");
    a.seek(deaf.address(), c.address());
    awaitConnected(a, c);
    Connection toDeaf = a.with(deaf);
    assumeTrue(stopReading(deaf.transport()), "this engine cannot stop reading");

    AtomicBoolean full = new AtomicBoolean();
    await(
        () -> {
          a.transport()
              .loop()
              .execute(
                  () -> {
                    while (toDeaf.writable()) {
                      toDeaf.send(ByteBuffer.allocate(64 * 1024));
                    }
                    full.set(!toDeaf.writable());
                  });
          return full.get();
        });
    settle(a);
    on(a, () -> full.set(!toDeaf.writable()));
    for (int i = 0; i < 100; i++) {
      send(a, c, bytes(i, i));
    }
    await(() -> c.heard().frames().size() == 100);

    assertThat(full).isTrue();
    assertThat(a.heard().count(Disconnected.class)).isZero();
  }
}
