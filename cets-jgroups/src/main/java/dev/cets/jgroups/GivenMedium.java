package dev.cets.jgroups;

import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jgroups.Address;
import org.jgroups.ChannelListener;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel that somebody else has set up, or a fork of one that somebody else uses. */
final class GivenMedium implements Medium {
  private static final Logger log = LoggerFactory.getLogger(JGroupsTransport.class);

  /** How the channel of this transport comes to be, and goes. */
  interface Source {
    /** For messages. */
    String description();

    /**
     * The channel that is connected and disconnected; that of a fork is the one it is a fork of.
     */
    JChannel main();

    /** Connects; the receiver is set by then. */
    JChannel open(String nodeName, Function<JChannel, Traffic> receiver) throws Exception;

    void close(JChannel opened);
  }

  private final Source source;
  private final Map<Address, Courier> couriers = new ConcurrentHashMap<>();
  private volatile @Nullable JChannel channel;
  private @Nullable ChannelListener listener;
  private String nodeName = "";

  GivenMedium(Source source) {
    this.source = source;
  }

  @Override
  public void open(String nodeName, Events events) throws IOException {
    this.nodeName = nodeName;
    ChannelListener ends = new Ends(events);
    listener = ends;
    source.main().addChannelListener(ends);
    try {
      channel = source.open(nodeName, opened -> new Traffic(opened, events));
    } catch (Exception e) {
      close();
      throw new IOException("cannot use %s: %s".formatted(source.description(), Reasons.of(e)), e);
    }
  }

  /** Tells when the channel ends. That it is connected again shows as a view. */
  private record Ends(Events events) implements ChannelListener {
    @Override
    public void channelConnected(JChannel connected) {}

    @Override
    public void channelDisconnected(JChannel disconnected) {
      events.ended("the channel was disconnected");
    }

    @Override
    public void channelClosed(JChannel closed) {
      events.ended("the channel was closed");
    }
  }

  private JChannel channel() {
    return Objects.requireNonNull(channel, "not open");
  }

  /** Of a socket, if the channel is on one; otherwise a name that nobody can connect to. */
  @Override
  public NodeAddress address() {
    InetSocketAddress physical = physical();
    return physical == null
        ? new NodeAddress(String.valueOf(channel().getAddressAsUUID()).replace(':', '-'), 1)
        : place(physical);
  }

  static NodeAddress place(InetSocketAddress physical) {
    return new NodeAddress(physical.getAddress().getHostAddress(), physical.getPort());
  }

  @Override
  public @Nullable InetSocketAddress physical() {
    return physical(channel().getAddress());
  }

  @Override
  public @Nullable InetSocketAddress physical(@Nullable Address member) {
    return Traffic.physical(channel(), member);
  }

  @Override
  public List<Address> members() {
    return Traffic.members(channel());
  }

  @Override
  public void send(Address to, byte[] packet) {
    couriers
        .computeIfAbsent(
            to,
            any ->
                new Courier("cets-" + nodeName + "-to-" + to, waiting -> sendWaiting(to, waiting)))
        .send(packet);
  }

  private void sendWaiting(Address to, byte[] packet) {
    try {
      channel().send(Traffic.message(to, packet));
    } catch (Exception e) {
      // Mostly the channel has ended, which is told in another way; else a number will be missing.
      log.debug("Not sent to {}", to, e);
    }
  }

  /** JGroups knows where its members are. */
  @Override
  public void reach(Address peer, InetSocketAddress physical) {}

  @Override
  public void forget(Address peer, boolean gone) {
    Courier courier = couriers.remove(peer);
    if (courier != null) {
      courier.stop();
    }
  }

  @Override
  public boolean knocks() {
    return false;
  }

  @Override
  public void knock(InetSocketAddress place, byte[] packet) {
    throw new IllegalStateException("members are found by JGroups");
  }

  @Override
  public void close() {
    if (listener != null) {
      source.main().removeChannelListener(listener);
    }
    couriers.values().forEach(Courier::stop);
    couriers.clear();
    JChannel opened = channel;
    if (opened != null) {
      source.close(opened);
    }
  }
}
