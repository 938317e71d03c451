package dev.cets.node;

import dev.cets.engine.SingleThreadLoop;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A loop, and nobody to talk to: for a cluster of one. */
final class SoloTransport implements Transport {
  private static final NodeAddress NOWHERE = new NodeAddress("localhost", 1);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final SingleThreadLoop loop;

  SoloTransport(String nodeName) {
    loop = new SingleThreadLoop("cets-" + nodeName);
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void start(String nodeName, Listener listener) {}

  @Override
  public NodeAddress address() {
    return NOWHERE;
  }

  @Override
  public void seek(Set<NodeAddress> addresses) {}

  @Override
  public void close() {
    loop.shutdown();
    if (!loop.inLoop()) {
      loop.awaitEnd(CLOSE_NANOS); // what it still does must not meet what is done after its end
    }
  }
}
