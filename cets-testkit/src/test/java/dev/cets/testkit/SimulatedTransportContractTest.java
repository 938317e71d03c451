package dev.cets.testkit;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The contract of a transport, over the network in virtual time. */
class SimulatedTransportContractTest extends TransportContract {
  private final SimulatedNetwork network = new SimulatedNetwork(1);
  private int nodes;

  @Override
  protected Transport newTransport() {
    return newTransportAt(freeAddress());
  }

  @Override
  protected NodeAddress freeAddress() {
    nodes++;
    return new NodeAddress("n" + nodes, 7000 + nodes);
  }

  @Override
  protected Transport newTransportAt(NodeAddress address) {
    return network.transport(address);
  }

  @Override
  protected void await(BooleanSupplier condition) {
    if (!network.runUntil(condition, Duration.ofMinutes(1))) {
      throw new AssertionError("not within a virtual minute");
    }
  }

  @Override
  protected boolean stopReading(Transport transport) {
    network.pause(transport.address(), Duration.ofHours(1));
    return true;
  }
}
