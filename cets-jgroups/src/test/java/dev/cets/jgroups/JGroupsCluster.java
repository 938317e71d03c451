package dev.cets.jgroups;

import dev.cets.spi.Transport;
import dev.cets.testkit.ThreadedCluster;
import java.time.Duration;

/** Nodes over real sockets of 127.0.0.1, each at any free port. */
final class JGroupsCluster extends ThreadedCluster {
  @Override
  protected Transport newEngine(String nodeName) {
    return JGroupsTransport.builder()
        .port(0)
        .redial(Duration.ofMillis(5), Duration.ofMillis(200))
        .build();
  }
}
