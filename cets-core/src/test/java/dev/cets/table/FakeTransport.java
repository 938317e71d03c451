package dev.cets.table;

import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.util.Set;

/** A loop that a test turns, and nobody to talk to. */
public class FakeTransport implements Transport {
  private final FakeLoop loop;

  /** On this loop, which ends with it. */
  public FakeTransport(FakeLoop loop) {
    this.loop = loop;
  }

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
