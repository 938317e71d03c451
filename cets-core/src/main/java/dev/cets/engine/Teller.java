package dev.cets.engine;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport.Connection;
import dev.cets.spi.Transport.Listener;
import java.nio.ByteBuffer;
import org.slf4j.Logger;

/**
 * Stands before the application's listener: an error of the listener's ends here, and nothing gets
 * through once the transport is closing. On the loop only.
 */
public final class Teller implements Listener {
  private final Listener listener;
  private final Logger log;
  private boolean silent;

  /** Errors of the listener go to this log. */
  public Teller(Listener listener, Logger log) {
    this.listener = listener;
    this.log = log;
  }

  /** Tells nothing from here on. */
  public void silence() {
    silent = true;
  }

  @Override
  public void connected(Connection connection) {
    tell("connected", () -> listener.connected(connection));
  }

  @Override
  public void received(Connection connection, ByteBuffer frame) {
    tell("received", () -> listener.received(connection, frame));
  }

  @Override
  public void disconnected(Connection connection, String reason) {
    tell("disconnected", () -> listener.disconnected(connection, reason));
  }

  @Override
  public void writable(Connection connection) {
    tell("writable", () -> listener.writable(connection));
  }

  @Override
  public void located(NodeAddress sought, String nodeName) {
    tell("located", () -> listener.located(sought, nodeName));
  }

  @Override
  public void unreachable(NodeAddress sought, String reason) {
    tell("unreachable", () -> listener.unreachable(sought, reason));
  }

  private void tell(String what, Runnable call) {
    if (silent) {
      return;
    }
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      log.error("The listener failed in {}; the transport goes on", what, e);
    }
  }
}
