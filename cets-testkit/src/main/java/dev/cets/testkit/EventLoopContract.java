package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.spi.Transport.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The part of {@link TransportContract} about the {@link EventLoop}, with what both parts need. */
abstract class EventLoopContract {
  private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** One running transport and what it told. */
  record Node(String name, Transport transport, TransportRecorder heard) {
    NodeAddress address() {
      return transport.address();
    }

    void seek(NodeAddress... addresses) {
      transport.seek(Set.of(addresses));
    }

    /** The open connection with a peer. */
    Connection with(Node peer) {
      return heard.open().stream()
          .filter(connection -> connection.peerName().equals(peer.name()))
          .findFirst()
          .orElseThrow();
    }

    boolean connectedWith(Node peer) {
      return heard.open().stream()
          .anyMatch(connection -> connection.peerName().equals(peer.name()));
    }
  }

  private final List<Node> nodes = new ArrayList<>();

  /** A transport that is not started, at an address of its own in the one network of this test. */
  protected abstract Transport newTransport();

  /** Lets time pass until the condition holds; fails if it does not within a generous while. */
  protected abstract void await(BooleanSupplier condition);

  /** Closes all, and looks whether the listeners were treated well. */
  @AfterEach
  protected void closeAll() {
    nodes.forEach(this::close);
    for (Node node : nodes) {
      assertThat(node.heard().breaches()).as("breaches at %s", node.name()).isEmpty();
    }
  }

  Node start(String name) {
    return start(name, newTransport());
  }

  Node start(String name, Transport transport) {
    Node node = new Node(name, transport, new TransportRecorder(transport.loop()));
    nodes.add(node);
    try {
      transport.start(name, node.heard());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return node;
  }

  void close(Node node) {
    node.transport().close();
    node.heard().transportClosed();
  }

  /** Runs the action on the node's loop and waits for its end. */
  void on(Node node, Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    node.transport()
        .loop()
        .execute(
            () -> {
              try {
                action.run();
              } catch (RuntimeException | Error e) {
                failure.set(e);
              }
              done.set(true);
            });
    await(done::get);
    assertThat(failure.get()).isNull();
  }

  /** Lets what is under way come to an end, where a test claims that nothing more happens. */
  void settle(Node node) {
    AtomicBoolean over = new AtomicBoolean();
    node.transport().loop().schedule(() -> over.set(true), SETTLE_NANOS);
    await(over::get);
  }

  @Test
  void loop_beforeTheStart_runsTasksInOrder() {
    Transport transport = newTransport();
    List<String> ran = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();

    assertThat(transport.loop()).isSameAs(transport.loop());
    assertThat(transport.loop().inLoop()).isFalse();
    transport
        .loop()
        .execute(
            () -> {
              transport.loop().execute(() -> ran.add("inner"));
              ran.add(transport.loop().inLoop() ? "on the loop" : "elsewhere");
              transport.loop().execute(() -> done.set(true));
            });
    await(done::get);

    assertThat(ran).containsExactly("on the loop", "inner");
    transport.close();
  }

  @Test
  void loop_scheduledTasks_runInTimeAndNotBefore() {
    Node a = start("a");
    List<Long> ranAfter = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();

    on(
        a,
        () -> {
          long begin = a.transport().loop().nanoTime();
          Runnable note = () -> ranAfter.add(a.transport().loop().nanoTime() - begin);
          a.transport().loop().schedule(note, TimeUnit.MILLISECONDS.toNanos(20));
          a.transport().loop().schedule(note, TimeUnit.MILLISECONDS.toNanos(10));
          a.transport().loop().schedule(() -> done.set(true), TimeUnit.MILLISECONDS.toNanos(30));
        });
    await(done::get);

    assertThat(ranAfter).hasSize(2);
    assertThat(ranAfter.get(0)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(10));
    assertThat(ranAfter.get(1)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
  }

  @Test
  void loop_failingTask_doesNotEndTheLoop() {
    Node a = start("a");
    Runnable failing =
        () -> {
          throw new IllegalStateException("for the test");
        };
    AtomicBoolean done = new AtomicBoolean();

    a.transport().loop().execute(failing);
    a.transport().loop().schedule(failing, 1);
    a.transport().loop().schedule(() -> done.set(true), TimeUnit.MILLISECONDS.toNanos(5));

    await(done::get);
  }

  @Test
  void loop_blockingWork_runsOffTheLoop() {
    Node a = start("a");
    AtomicReference<Boolean> inLoop = new AtomicReference<>();

    on(
        a,
        () ->
            a.transport()
                .loop()
                .blocking()
                .execute(() -> inLoop.set(a.transport().loop().inLoop())));
    await(() -> inLoop.get() != null);

    assertThat(inLoop).hasValue(false);
  }

  @Test
  void loop_afterClose_dropsOrRefusesTasks() {
    Node a = start("a");
    AtomicBoolean ran = new AtomicBoolean();
    close(a);

    try {
      a.transport().loop().execute(() -> ran.set(true));
    } catch (RejectedExecutionException e) {
      // allowed
    }

    assertThat(ran).isFalse();
  }
}
