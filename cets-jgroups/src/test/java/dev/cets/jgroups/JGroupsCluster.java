package dev.cets.jgroups;

import dev.cets.CetsNode;
import dev.cets.spi.Transport;
import dev.cets.testkit.ClusterHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Nodes over real sockets of 127.0.0.1, each at any free port, with a tenth of the usual times. */
final class JGroupsCluster extends ClusterHarness {
  private final Map<String, Transport> transports = new HashMap<>();
  private final List<CountDownLatch> held = new ArrayList<>();

  @Override
  protected Transport newTransport(String nodeName) {
    Transport transport =
        JGroupsTransport.builder()
            .port(0)
            .redial(Duration.ofMillis(5), Duration.ofMillis(200))
            .build();
    transports.put(nodeName, transport);
    return transport;
  }

  /** The node does nothing until the latch is counted down, as by {@code kill -STOP}. */
  CountDownLatch hold(String name) {
    CountDownLatch over = new CountDownLatch(1);
    held.add(over);
    Objects.requireNonNull(transports.get(name))
        .loop()
        .execute(
            () -> {
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return over;
  }

  @Override
  public void close() {
    held.forEach(CountDownLatch::countDown);
    super.close();
  }

  /** The connections end, and nobody was told why. */
  @Override
  protected void crash(Transport transport) {
    transport.close();
  }

  @Override
  public void await(BooleanSupplier condition) {
    Waiting.until(condition);
  }

  /** Deadlines of writes are left as they are: they are not waited for where all is well. */
  @Override
  protected CetsNode.Builder times(CetsNode.Builder builder) {
    return builder
        .beat(Duration.ofMillis(100))
        .silenceLimit(Duration.ofMillis(800))
        .compareInterval(Duration.ofSeconds(6));
  }
}
