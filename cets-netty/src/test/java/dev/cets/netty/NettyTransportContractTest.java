package dev.cets.netty;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.testkit.ThreadedCluster;
import dev.cets.testkit.TransportContract;
import dev.cets.testrules.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

class NettyTransportContractTest extends TransportContract {
  private final List<CountDownLatch> stopped = new ArrayList<>();

  @Override
  protected Transport newTransport() {
    return NettyTransport.port(0);
  }

  @Override
  protected Transport newTransportAt(NodeAddress address) {
    return NettyTransport.port(address.port());
  }

  @Override
  protected NodeAddress freeAddress() {
    return new NodeAddress("127.0.0.1", Ports.free());
  }

  @Override
  protected void await(BooleanSupplier condition) {
    ThreadedCluster.until(condition);
  }

  /** A thread that is held up reads nothing. */
  @Override
  protected boolean stopReading(Transport transport) {
    CountDownLatch over = new CountDownLatch(1);
    stopped.add(over);
    transport
        .loop()
        .execute(
            () -> {
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    return true;
  }

  @AfterEach
  @Override
  protected void closeAll() {
    stopped.forEach(CountDownLatch::countDown);
    super.closeAll();
  }
}
