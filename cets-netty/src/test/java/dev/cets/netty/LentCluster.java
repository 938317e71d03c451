package dev.cets.netty;

import dev.cets.spi.Transport;
import dev.cets.testkit.ThreadedCluster;
import java.time.Duration;

/** As {@link NettyCluster}; each caller that waits alone runs its node's loop itself. */
final class LentCluster extends ThreadedCluster {
  @Override
  protected Transport newEngine(String nodeName) {
    return NettyTransport.builder()
        .port(0)
        .redial(Duration.ofMillis(5), Duration.ofMillis(200))
        .habit(0, Duration.ofDays(1))
        .build();
  }
}
