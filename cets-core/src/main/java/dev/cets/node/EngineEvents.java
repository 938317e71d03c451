package dev.cets.node;

import dev.cets.replication.Replication;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the transport tells a node, on its loop. */
public final class EngineEvents implements Transport.Listener {
  private final NodeRuntime runtime;
  private final Replication core;
  private final Seeker seeker;
  private final BiConsumer<String, Runnable> guarded;
  private @Nullable String ended;

  /**
   * Of this node.
   *
   * @param guarded runs what is to be done, with its name, so that no defect harms the loop
   */
  EngineEvents(NodeRuntime runtime, Seeker seeker, BiConsumer<String, Runnable> guarded) {
    this.runtime = runtime;
    this.core = runtime.core();
    this.seeker = seeker;
    this.guarded = guarded;
  }

  /** The node that is told, for simulators and tests. */
  public NodeRuntime runtime() {
    return runtime;
  }

  /** From now on nobody is let in, for this reason. */
  void end(String reason) {
    ended = reason;
  }

  @Override
  public void connected(Transport.Connection connection) {
    String reason = ended;
    if (reason != null) {
      connection.close(reason);
    }
    guarded.accept("connected", () -> core.connected(connection));
  }

  @Override
  public void received(Transport.Connection connection, ByteBuffer frame) {
    guarded.accept("received", () -> core.received(connection, frame));
  }

  @Override
  public void disconnected(Transport.Connection connection, String reason) {
    guarded.accept("disconnected", () -> core.disconnected(connection, reason));
  }

  @Override
  public void writable(Transport.Connection connection) {
    guarded.accept("writable", () -> core.writable(connection));
  }

  @Override
  public void located(NodeAddress sought, String nodeName) {
    guarded.accept("located", () -> seeker.located(sought, nodeName));
  }

  @Override
  public void unreachable(NodeAddress sought, String reason) {
    guarded.accept("unreachable", () -> seeker.unreachable(sought, reason));
  }
}
