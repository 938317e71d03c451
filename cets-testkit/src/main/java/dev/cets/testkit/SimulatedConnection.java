package dev.cets.testkit;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One end of a simulated connection, and the way from there to the other. */
final class SimulatedConnection implements Transport.Connection {
  private final SimulatedNetwork network;
  private final SimulatedTransport owner;
  private final SimulatedTransport peer;
  private final SimulatedPath path;
  private final Deque<ByteBuffer> underWay = new ArrayDeque<>();
  private @Nullable SimulatedConnection otherEnd;
  private final long born;
  private long lastArrival;
  private long bytesInFlight;
  private boolean wasFull;
  private boolean announced;
  private boolean closing;
  private boolean closed;

  /** Nothing passes any more, which the ends will learn. */
  private boolean broken;

  /** The other end closed; that arrives behind the frames. */
  private boolean endUnderWay;

  SimulatedConnection(SimulatedNetwork network, SimulatedTransport owner, SimulatedTransport peer) {
    this.network = network;
    this.owner = owner;
    this.peer = peer;
    this.path = network.path(owner.address(), peer.address());
    this.born = network.now();
  }

  void pairWith(SimulatedConnection end) {
    otherEnd = end;
  }

  private SimulatedConnection other() {
    SimulatedConnection end = otherEnd;
    if (end == null) {
      throw new IllegalStateException("not paired yet");
    }
    return end;
  }

  SimulatedTransport owner() {
    return owner;
  }

  SimulatedTransport peerTransport() {
    return peer;
  }

  long bytesInFlight() {
    return bytesInFlight;
  }

  void open() {
    network.at(
        network.now() + network.latency(),
        owner,
        () -> {
          if (!closed) {
            announced = true;
            owner.listener().connected(this);
            other().arrive();
          }
        });
  }

  @Override
  public String peerName() {
    return peer.nodeName();
  }

  @Override
  public NodeAddress peerAddress() {
    return peer.address();
  }

  @Override
  public void send(ByteBuffer frame) {
    if (closed || closing || broken) {
      return;
    }
    if (frame.remaining() > Transport.MAX_FRAME_BYTES) {
      close(
          "a frame of " + frame.remaining() + " bytes; " + Transport.MAX_FRAME_BYTES + " at most");
      return;
    }
    for (int arrivals = path.arrivals(); arrivals > 0; arrivals--) {
      underWay.addLast(path.damagesNext() ? damaged(frame) : frame);
      bytesInFlight += frame.remaining();
      wasFull |= !writable();
      lastArrival = Math.max(lastArrival, network.now() + network.latency() + path.delayNanos());
      network.at(lastArrival, null, this::arriveOne);
    }
  }

  private ByteBuffer damaged(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(frame.position(), bytes);
    bytes[network.chance(bytes.length)] ^= (byte) (1 << network.chance(Byte.SIZE));
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public boolean writable() {
    return !closed && !closing && bytesInFlight < network.highWaterBytes();
  }

  /** Frames that waited at a cut, or for the other end to be told of the connection, go on. */
  void arrive() {
    for (int i = 0; i < underWay.size() + 1; i++) {
      lastArrival = Math.max(lastArrival, network.now() + network.latency());
      network.at(lastArrival, null, this::arriveOne);
    }
  }

  private void arriveOne() {
    SimulatedConnection to = other();
    if (path.isCut() || to.closed || !to.announced) {
      return;
    }
    ByteBuffer frame = underWay.pollFirst();
    if (frame == null) {
      if (endUnderWay) {
        network.at(peer.readAt(network.now()), peer, () -> to.end("closed by the other side"));
      }
      return;
    }
    byte[] copy = new byte[frame.remaining()];
    frame.get(frame.position(), copy);
    network.at(
        peer.readAt(network.now()),
        peer,
        () -> {
          read(copy.length);
          to.receive(ByteBuffer.wrap(copy));
        });
  }

  /** There is room again only when the other end has read: one that is paused does not. */
  private void read(int bytes) {
    bytesInFlight -= bytes;
    if (wasFull && writable()) {
      wasFull = false;
      network.at(network.now(), owner, this::tellWritable);
    }
  }

  private void tellWritable() {
    if (!closed && !closing) {
      owner.listener().writable(this);
    }
  }

  private void receive(ByteBuffer frame) {
    if (!closed && !closing) {
      owner.listener().received(this, frame);
    }
  }

  @Override
  public void close(String reason) {
    if (!closed && !closing) {
      closing = true;
      network.at(network.now(), owner, () -> end(reason));
      endUnderWay = true;
      arrive();
    }
  }

  /** Everything on its way is lost, in both directions; each end learns it in its time. */
  void reset() {
    breakOff();
    other().breakOff();
    network.at(network.now() + network.latency(), owner, () -> end("reset"));
    network.at(network.now() + network.latency() * 10, peer, () -> other().end("reset"));
  }

  private void breakOff() {
    broken = true;
    underWay.clear();
    bytesInFlight = 0;
  }

  /** The owner is no more: it is told nothing, and the other end learns it. */
  void drop() {
    closed = true;
    network.ended(this);
    endUnderWay = true;
    arrive();
  }

  private void end(String reason) {
    if (!closed) {
      closed = true;
      network.ended(this);
      if (!other().closed) {
        endUnderWay = true;
        arrive();
      }
      if (announced) {
        owner.listener().disconnected(this, reason);
      }
      owner.lost(peer, network.now() - born);
    }
  }
}
