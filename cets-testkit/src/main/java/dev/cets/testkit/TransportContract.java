package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.spi.Transport.Connection;
import dev.cets.testkit.TransportRecorder.Connected;
import dev.cets.testkit.TransportRecorder.Disconnected;
import dev.cets.testkit.TransportRecorder.Located;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Transport} must do. An engine's test extends this class and says how to make
 * transports and how time passes; nothing here starts a thread or looks at a clock, so engines in
 * virtual time are tested by it as well.
 */
public abstract class TransportContract extends FramesContract {
  /** Made by subclasses only. */
  protected TransportContract() {}

  /** A transport that is not started, at this address, perhaps of one that was closed. */
  protected abstract Transport newTransportAt(NodeAddress address);

  /** An address of the network at which nobody listens, and nobody is going to unasked. */
  protected NodeAddress freeAddress() {
    Node node = start("for-a-moment");
    NodeAddress address = node.address();
    close(node);
    return address;
  }

  // Who is connected with whom

  @Test
  void seek_oneSideSeeks_connectsBothAndTellsNamesAndAddresses() {
    Node a = start("a");
    Node b = start("b");

    a.seek(b.address());
    awaitConnected(a, b);

    assertThat(a.with(b).peerAddress()).isEqualTo(b.address());
    assertThat(b.with(a).peerAddress()).isEqualTo(a.address());
    assertThat(b.with(a).peerName()).isEqualTo("a");
    await(() -> a.heard().hasLocated(b.address(), "b"));
    assertThat(b.heard().count(Located.class)).isZero();
  }

  @Test
  void seek_bothSidesSeek_connectsOnce() {
    Node a = start("a");
    Node b = start("b");

    a.seek(b.address());
    b.seek(a.address());
    awaitConnected(a, b);
    await(() -> a.heard().hasLocated(b.address(), "b") && b.heard().hasLocated(a.address(), "a"));
    settle(a);

    assertThat(a.heard().count(Connected.class)).isEqualTo(1);
    assertThat(b.heard().count(Connected.class)).isEqualTo(1);
    assertThat(a.heard().count(Disconnected.class)).isZero();
    assertThat(b.heard().count(Disconnected.class)).isZero();
  }

  @Test
  void seek_fiveSeekEachOther_connectsEachPairOnce() {
    List<Node> all = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d", "e")) {
      all.add(start(name));
    }
    NodeAddress[] addresses = all.stream().map(Node::address).toArray(NodeAddress[]::new);

    all.forEach(node -> node.seek(addresses));
    for (Node node : all) {
      await(() -> all.stream().allMatch(o -> node.heard().hasLocated(o.address(), o.name())));
      await(() -> node.heard().open().size() == 4);
    }
    settle(all.get(0));

    for (Node node : all) {
      assertThat(node.heard().count(Connected.class)).isEqualTo(4);
      assertThat(node.heard().count(Disconnected.class)).isZero();
      assertThat(node.heard().count(Located.class)).isEqualTo(5);
    }
  }

  @Test
  void seek_ownAddress_locatesItselfAndConnectsNobody() {
    Node a = start("a");

    a.seek(a.address());
    await(() -> a.heard().hasLocated(a.address(), "a"));
    settle(a);

    assertThat(a.heard().count(Connected.class)).isZero();
    assertThat(a.heard().count(Located.class)).isEqualTo(1);
  }

  @Test
  void seek_peerConnectedFromItsSide_locatesItWithoutSecondConnection() {
    Node[] pair = pair();
    Node a = pair[0];
    Node b = pair[1];

    b.seek(a.address());
    await(() -> b.heard().hasLocated(a.address(), "a"));
    settle(b);

    assertThat(a.heard().count(Connected.class)).isEqualTo(1);
    assertThat(b.heard().count(Connected.class)).isEqualTo(1);
  }

  @Test
  void seek_sameSetAgain_tellsNothingTwice() {
    Node[] pair = pair();
    await(() -> pair[0].heard().hasLocated(pair[1].address(), "b"));

    pair[0].seek(pair[1].address());
    settle(pair[0]);

    assertThat(pair[0].heard().count(Located.class)).isEqualTo(1);
    assertThat(pair[0].heard().count(Connected.class)).isEqualTo(1);
  }

  @Test
  void seek_nobodyThere_tellsUnreachableAgainAndAgain() {
    Node a = start("a");
    NodeAddress nobody = freeAddress();

    a.seek(nobody);
    await(() -> a.heard().unreachable(nobody) >= 3);

    assertThat(a.heard().count(Connected.class)).isZero();
    assertThat(a.heard().count(Located.class)).isZero();
  }

  @Test
  void seek_peerStartsLater_connects() {
    Node a = start("a");
    NodeAddress later = freeAddress();

    a.seek(later);
    await(() -> a.heard().unreachable(later) >= 1);
    Node b = start("b", newTransportAt(later));
    awaitConnected(a, b);

    await(() -> a.heard().hasLocated(later, "b"));
  }

  @Test
  void seek_addressTakenOut_isNotDialledAnyMore() {
    Node a = start("a");
    NodeAddress unwanted = freeAddress();
    NodeAddress nobody = freeAddress();

    a.seek(unwanted);
    await(() -> a.heard().unreachable(unwanted) >= 1);
    a.seek(nobody);
    await(() -> a.heard().unreachable(nobody) >= 1);
    long before = a.heard().unreachable(unwanted);
    Node b = start("b", newTransportAt(unwanted));
    await(() -> a.heard().unreachable(nobody) >= 4);

    assertThat(a.heard().unreachable(unwanted)).isEqualTo(before);
    assertThat(b.heard().count(Connected.class)).isZero();
  }

  @Test
  void seek_addressTakenOut_keepsItsConnection() {
    Node[] pair = pair();

    pair[0].seek();
    settle(pair[0]);
    send(pair[0], pair[1], bytes(3, 1));

    await(() -> !pair[1].heard().frames().isEmpty());
    assertThat(pair[0].heard().count(Disconnected.class)).isZero();
  }

  // Ends

  @Test
  void closeConnection_both_areToldOnceAndConnectAgain() {
    Node[] pair = pair();
    Node a = pair[0];
    Node b = pair[1];
    Connection first = a.with(b);

    on(
        a,
        () -> {
          first.close("for the test");
          first.close("twice");
          first.send(ByteBuffer.wrap(bytes(1, 1)));
        });
    await(() -> a.heard().count(Connected.class) == 2 && b.heard().count(Connected.class) == 2);

    assertThat(a.heard().all(Disconnected.class))
        .containsExactly(new Disconnected(first, "for the test"));
    assertThat(b.heard().count(Disconnected.class)).isEqualTo(1);
    assertThat(b.heard().frames()).isEmpty();
    assertThat(first.writable()).isFalse();
    await(() -> a.heard().count(Located.class) == 2);
  }

  @Test
  void closeConnection_insideReceived_letsNothingMoreThrough() {
    Node[] pair = pair();
    pair[1]
        .heard()
        .onFrame(
            (connection, frame) -> {
              assertThat(frame.get()).isEqualTo((byte) 1);
              connection.close("enough");
            });

    send(pair[0], pair[1], new byte[] {1}, new byte[] {2}, new byte[] {3});
    for (Node node : pair) {
      await(() -> node.heard().count(Disconnected.class) >= 1);
    }

    assertThat(pair[1].heard().all(Disconnected.class).get(0).reason()).isEqualTo("enough");
  }

  @Test
  void closeConnection_whileFramesFlow_endsWithAPrefixOfThem() {
    Node[] pair = pair();
    Node a = pair[0];
    Connection first = a.with(pair[1]);
    int sent = 2_000;

    on(
        a,
        () -> {
          for (int i = 0; i < sent; i++) {
            first.send(ByteBuffer.allocate(4).putInt(0, i));
          }
          first.close("in the middle");
        });
    await(() -> a.connectedWith(pair[1]) && pair[1].heard().count(Connected.class) == 2);
    settle(a);

    List<byte[]> arrived = pair[1].heard().frames();
    for (int i = 0; i < arrived.size(); i++) {
      assertThat(ByteBuffer.wrap(arrived.get(i)).getInt()).isEqualTo(i);
    }
  }

  @Test
  void close_peers_areToldOnceAndConnectAgainWhenItIsBack() {
    Node[] pair = pair();
    Node a = pair[0];
    NodeAddress address = pair[1].address();

    close(pair[1]);
    await(() -> a.heard().count(Disconnected.class) == 1);
    await(() -> a.heard().unreachable(address) >= 1);
    Node again = start("b-again", newTransportAt(address));
    awaitConnected(a, again);
    send(again, a, bytes(9, 9));
    await(() -> a.heard().frames().size() == 1);

    assertThat(a.heard().count(Disconnected.class)).isEqualTo(1);
    assertThat(a.heard().count(Connected.class)).isEqualTo(2);
    await(() -> a.heard().hasLocated(address, "b-again"));
  }

  @Test
  void close_framesSentBefore_stillArrive() {
    Node[] pair = pair();

    on(
        pair[0],
        () -> {
          for (int i = 0; i < 100; i++) {
            pair[0].with(pair[1]).send(ByteBuffer.wrap(bytes(1_000, i)));
          }
        });
    close(pair[0]);

    await(() -> pair[1].heard().count(Disconnected.class) == 1);
    assertThat(pair[1].heard().frames()).hasSize(100);
  }

  @Test
  void close_twice_isHarmlessAndSilent() {
    Node[] pair = pair();

    close(pair[0]);
    close(pair[0]);
    pair[0].seek(pair[1].address());
    pair[0].seek();
    await(() -> pair[1].heard().count(Disconnected.class) == 1);
    settle(pair[1]);

    assertThat(pair[0].heard().count(Disconnected.class)).isZero();
    assertThat(pair[1].heard().count(Connected.class)).isEqualTo(1);
  }

  @Test
  void close_onTheLoop_ends() {
    Node[] pair = pair();

    pair[0].transport().loop().execute(() -> close(pair[0]));

    await(() -> pair[1].heard().count(Disconnected.class) == 1);
  }

  @Test
  void close_neverStarted_isHarmless() {
    Transport transport = newTransport();

    transport.close();
    transport.close();
  }

  @Test
  void start_addressInUse_failsWithTheAddress() {
    Node a = start("a");
    Transport second = newTransportAt(a.address());

    assertThatThrownBy(() -> second.start("second", new TransportRecorder(second.loop())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(a.address().toString());
    second.close();
  }
}
