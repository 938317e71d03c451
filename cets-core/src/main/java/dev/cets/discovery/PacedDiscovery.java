package dev.cets.discovery;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/** Another back end, asked as often as its user wants. */
public record PacedDiscovery(Discovery asked, Duration longestInterval) implements Discovery {
  /** Checks the interval. */
  public PacedDiscovery {
    DiscoveryIntervals.check("interval of questions", longestInterval);
  }

  @Override
  public Set<NodeAddress> discover() throws IOException {
    return asked.discover();
  }

  @Override
  public String description() {
    return asked.description();
  }

  @Override
  public void started(Self self) {
    asked.started(self);
  }

  @Override
  public void stopped() throws IOException {
    asked.stopped();
  }

  @Override
  public OptionalInt number() {
    return asked.number();
  }
}
