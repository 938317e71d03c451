package dev.cets.testkit;

import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport.Connection;
import dev.cets.spi.Transport.Listener;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a transport tells, and each breach of the order in which it may tell it. May be
 * read by any thread.
 */
final class TransportRecorder implements Listener {
  /** One call of the listener. */
  sealed interface Event {}

  record Connected(Connection connection) implements Event {}

  record Received(Connection connection, ByteBuffer frame) implements Event {}

  record Disconnected(Connection connection, String reason) implements Event {}

  record Located(NodeAddress sought, String nodeName) implements Event {}

  record Unreachable(NodeAddress sought, String reason) implements Event {}

  private final EventLoop loop;
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private final Queue<String> breaches = new ConcurrentLinkedQueue<>();
  private final Set<Connection> live = new HashSet<>();
  private final Set<Connection> ended = new HashSet<>();
  private final AtomicBoolean inCall = new AtomicBoolean();
  private volatile boolean closed;
  private volatile @Nullable Consumer<Connection> onConnected;
  private volatile @Nullable Consumer<Connection> onWritable;
  private volatile @Nullable BiConsumer<Connection, ByteBuffer> onFrame;

  TransportRecorder(EventLoop loop) {
    this.loop = loop;
  }

  /** To be done in each call of {@link #connected}. */
  void onConnected(Consumer<Connection> action) {
    onConnected = action;
  }

  /** To be done in each call of {@link #writable}. */
  void onWritable(Consumer<Connection> action) {
    onWritable = action;
  }

  /** Takes frames from now on, instead of their being kept. */
  void onFrame(BiConsumer<Connection, ByteBuffer> action) {
    onFrame = action;
  }

  /** From here on every call is a breach. */
  void transportClosed() {
    closed = true;
  }

  Collection<String> breaches() {
    return List.copyOf(breaches);
  }

  <E extends Event> List<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  int count(Class<? extends Event> kind) {
    return all(kind).size();
  }

  /** The connections that are open now, by the order in which they came. */
  List<Connection> open() {
    List<Connection> over = all(Disconnected.class).stream().map(Disconnected::connection).toList();
    return all(Connected.class).stream()
        .map(Connected::connection)
        .filter(connection -> !over.contains(connection))
        .toList();
  }

  List<byte[]> frames() {
    return all(Received.class).stream().map(event -> event.frame().array()).toList();
  }

  boolean hasLocated(NodeAddress sought, String nodeName) {
    return events.contains(new Located(sought, nodeName));
  }

  long unreachable(NodeAddress sought) {
    return all(Unreachable.class).stream().filter(event -> event.sought().equals(sought)).count();
  }

  @Override
  public void connected(Connection connection) {
    call(
        "connected",
        () -> {
          check(
              live.stream().noneMatch(other -> hasSamePeer(other, connection)),
              "connected while another connection with that peer was not over");
          check(live.add(connection) && !ended.contains(connection), "connected twice");
          events.add(new Connected(connection));
          Consumer<Connection> action = onConnected;
          if (action != null) {
            action.accept(connection);
          }
        });
  }

  @Override
  public void received(Connection connection, ByteBuffer frame) {
    call(
        "received",
        () -> {
          check(live.contains(connection), "a frame while not connected");
          BiConsumer<Connection, ByteBuffer> action = onFrame;
          if (action != null) {
            action.accept(connection, frame);
          } else {
            byte[] bytes = new byte[frame.remaining()];
            frame.get(bytes);
            events.add(new Received(connection, ByteBuffer.wrap(bytes)));
          }
        });
  }

  @Override
  public void disconnected(Connection connection, String reason) {
    call(
        "disconnected",
        () -> {
          check(
              live.remove(connection) && ended.add(connection), "disconnected while not connected");
          check(!reason.isBlank(), "disconnected without a reason");
          events.add(new Disconnected(connection, reason));
        });
  }

  @Override
  public void writable(Connection connection) {
    call(
        "writable",
        () -> {
          check(live.contains(connection), "writable while not connected");
          Consumer<Connection> action = onWritable;
          if (action != null) {
            action.accept(connection);
          }
        });
  }

  @Override
  public void located(NodeAddress sought, String nodeName) {
    call("located", () -> events.add(new Located(sought, nodeName)));
  }

  @Override
  public void unreachable(NodeAddress sought, String reason) {
    call(
        "unreachable",
        () -> {
          check(!reason.isBlank(), "unreachable without a reason");
          events.add(new Unreachable(sought, reason));
        });
  }

  private static boolean hasSamePeer(Connection one, Connection other) {
    return one.peerName().equals(other.peerName()) && one.peerAddress().equals(other.peerAddress());
  }

  private void call(String what, Runnable body) {
    check(loop.inLoop(), what + " was told off the loop");
    check(!closed, what + " was told after the close");
    check(inCall.compareAndSet(false, true), what + " was told inside another call");
    try {
      body.run();
    } catch (RuntimeException | Error e) {
      breaches.add(what + " failed: " + e);
    } finally {
      inCall.set(false);
    }
  }

  private void check(boolean holds, String breach) {
    if (!holds) {
      breaches.add(breach);
    }
  }
}
