package dev.cets.jgroups;

import dev.cets.engine.Bind;
import dev.cets.engine.Strangers;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.Protocol;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.LazyThreadFactory;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A channel of this transport's own: TCP and reliable unicasts. Without a discovery protocol there
 * is no group and no view: whom the node seeks it knocks at, and pairs are all that it needs. With
 * one there are both, and members of the view are met as well.
 */
final class OwnMedium implements Medium {
  private static final String CLUSTER = "cets";

  /** How soon a lost message is sent again, and how often what came is acknowledged. */
  private static final long RESEND_MILLIS = 100;

  /** How long a new connection may take to show what it must. */
  private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final EventLoop loop;
  private final Bind bind;
  private final Guard guard;
  private final Strangers strangers;
  private final @Nullable Discovery discovery;
  private final UNICAST3 unicast = new UNICAST3();
  private @Nullable Wire wire;
  private @Nullable JChannel channel;
  private @Nullable NodeAddress address;

  OwnMedium(
      EventLoop loop, Bind bind, Guard guard, Strangers strangers, @Nullable Discovery discovery) {
    this.loop = loop;
    this.bind = bind;
    this.guard = guard;
    this.strangers = strangers;
    this.discovery = discovery;
  }

  @Override
  public void open(String nodeName, Events events) throws IOException {
    InetAddress host = InetAddress.getByName(bind.host());
    String exposure = guard.exposure(host);
    if (exposure != null) {
      throw new IOException("cannot listen on " + bind + ": " + exposure);
    }
    Wire made = new Wire(loop, new Hints(events), host, bind.port(), sockets(nodeName));
    if (bind.advertisedAddress() != null) {
      made.advertise(
          InetAddress.getByName(bind.advertisedAddress().host()), bind.advertisedAddress().port());
    } else if (bind.advertisedHost() != null) {
      made.advertise(InetAddress.getByName(bind.advertisedHost()), 0);
    }
    LazyThreadFactory threads = new LazyThreadFactory("jgroups", true, true);
    made.setThreadFactory(threads.useVThreads(false));
    made.getThreadPool().setMinThreads(0).setMaxThreads(8);
    wire = made;
    try {
      JChannel opened = new JChannel(stack(made));
      channel = opened;
      opened.setName(nodeName);
      opened.setReceiver(new Traffic(opened, events));
      opened.connect(CLUSTER);
      address = whereabouts(opened);
    } catch (Exception e) {
      close();
      Throwable cause = e;
      while (cause.getCause() != null && !(cause instanceof IOException)) {
        cause = cause.getCause();
      }
      throw new IOException("cannot listen on " + bind + ": " + Reasons.of(cause), e);
    }
  }

  private SocketFactory sockets(String nodeName) {
    return guard.guards()
        ? new GuardedSockets(loop, guard, strangers, nodeName, HANDSHAKE_NANOS)
        : new DefaultSocketFactory();
  }

  private List<Protocol> stack(Wire made) {
    List<Protocol> stack = new ArrayList<>();
    stack.add(made);
    unicast.setXmitInterval(RESEND_MILLIS);
    unicast.sendsCanBlock(true);
    unicast.logNotFoundMsgs(false);
    // A peer need not be in a view, and when it is gone is known better elsewhere.
    unicast.setMaxRetransmitTime(0);
    if (discovery == null) {
      stack.add(unicast);
    } else {
      made.enableSuspectEvents(true); // what FD_SOCK2 would do, without a second port
      // Who lets a member in waits for its answers, so what is out of band gets other threads.
      made.setMessageProcessingPolicy("direct");
      stack.addAll(
          List.of(
              discovery,
              new MERGE3().setMinInterval(1_000).setMaxInterval(5_000),
              new FD_ALL3(),
              new VERIFY_SUSPECT2(),
              new NAKACK2().useMcastXmit(false),
              unicast,
              new STABLE(),
              new GMS().printLocalAddress(false)));
    }
    return stack;
  }

  private NodeAddress whereabouts(JChannel opened) throws IOException {
    if (bind.advertisedAddress() != null) {
      return bind.advertisedAddress();
    }
    InetSocketAddress physical = Traffic.physical(opened, opened.getAddress());
    if (physical == null) {
      throw new IOException("JGroups does not tell the port");
    }
    return bind.advertised(physical.getPort());
  }

  private JChannel channel() {
    return Objects.requireNonNull(channel, "not open");
  }

  @Override
  public NodeAddress address() {
    return Objects.requireNonNull(address, "not open");
  }

  @Override
  public @Nullable InetSocketAddress physical() {
    return Traffic.physical(channel(), channel().getAddress());
  }

  @Override
  public @Nullable InetSocketAddress physical(Address member) {
    return Traffic.physical(channel(), member);
  }

  @Override
  public List<Address> members() {
    return Traffic.members(channel());
  }

  @Override
  public void send(Address to, byte[] packet) {
    try {
      channel().send(Traffic.message(to, packet));
    } catch (Exception e) {
      // The channel is closed; so will be the transport.
    }
  }

  @Override
  public void reach(Address peer, InetSocketAddress physical) {
    if (wire != null) {
      var unused =
          wire.addPhysicalAddressToCache(
              peer, new IpAddress(physical.getAddress(), physical.getPort()));
    }
  }

  /** Otherwise what was not acknowledged would be sent again and again. */
  @Override
  public void forget(Address peer, boolean gone) {
    if (gone) {
      unicast.removeSendConnection(peer);
      unicast.removeReceiveConnection(peer);
    }
  }

  @Override
  public boolean knocks() {
    return true;
  }

  @Override
  public void knock(InetSocketAddress place, byte[] packet) throws IOException {
    IpAddress to = new IpAddress(place.getAddress(), place.getPort());
    Objects.requireNonNull(wire, "not open")
        .knock(
            to,
            () -> {
              try {
                // Reliability is between members; who is there will be known by the answer.
                channel().send(Traffic.message(to, packet).setFlag(Message.Flag.NO_RELIABILITY));
              } catch (Exception e) {
                // As in send().
              }
            });
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.close();
    }
  }

  /** What sockets tell of members. */
  private record Hints(Events events) implements Wire.Watcher {
    @Override
    public void closed(Address member) {
      events.suspected(member, "its socket was closed");
    }

    @Override
    public void refused(Address member, String reason) {
      events.gone(member, reason);
    }
  }
}
