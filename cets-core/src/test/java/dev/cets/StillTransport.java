package dev.cets;

import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.table.FakeLoop;
import java.util.Set;

/**
 * Nobody to talk to, and no thread: the loop turns while somebody waits for it. Time stands still,
 * so nothing that is scheduled is ever due. For one thread.
 */
final class StillTransport implements Transport {
  private static final class Loop extends FakeLoop {
    Loop() {
      whileWaiting(limit -> turnOnce());
    }

    private void turnOnce() {
      inLoop(true);
      turn();
      inLoop(false);
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {}
  }

  private final Loop loop = new Loop();

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void start(String nodeName, Listener listener) {}

  @Override
  public NodeAddress address() {
    return new NodeAddress("localhost", 1);
  }

  @Override
  public void seek(Set<NodeAddress> addresses) {}

  @Override
  public void close() {
    loop.end();
  }
}
