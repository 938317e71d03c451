package dev.cets.jgroups;

import dev.cets.engine.Bind;
import dev.cets.engine.EngineId;
import dev.cets.engine.FileLooks;
import dev.cets.engine.SingleThreadLoop;
import dev.cets.engine.Strangers;
import dev.cets.engine.Times;
import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.JChannel;
import org.jgroups.protocols.Discovery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes over a JGroups channel: a fork of the one that a service has ({@link #fork}), one that was
 * configured for this node alone ({@link #channel}), or a small one of its own ({@link #port},
 * {@link #builder}), which listens on 127.0.0.1 unless told otherwise.
 *
 * <p>Pairs are made of what two members say to each other. A view that leaves a peer out, or a send
 * that fails, is a hint only: the peer is asked, and is down if it does not answer within three
 * seconds. Nothing here waits for a peer on the loop; {@link #start} blocks while the channel
 * connects.
 *
 * <p>A transport is for one node and one start. After {@link #close} JGroups' own threads may need
 * a moment to end.
 */
public final class JGroupsTransport implements Transport {
  private static final Logger log = LoggerFactory.getLogger(JGroupsTransport.class);
  private static final String FORK_NAME = "cets";

  private final Guard guard;

  /** How often its files are looked at. */
  private final Duration refresh;

  private final Strangers strangers;
  private final Medium medium;
  private final Settings settings;
  private final EngineId engine = EngineId.random();
  private final SingleThreadLoop loop;
  private final Handover handover;
  private final Closing closing;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Set<NodeAddress> sought = Set.of();
  private volatile @Nullable NodeAddress address;

  /** On the loop only. */
  private @Nullable Switchboard board;

  JGroupsTransport(SingleThreadLoop loop, Medium medium, Settings settings) {
    this(loop, medium, settings, Guard.NONE, FileLooks.INTERVAL, new Strangers(log));
  }

  private JGroupsTransport(
      SingleThreadLoop loop,
      Medium medium,
      Settings settings,
      Guard guard,
      Duration refresh,
      Strangers strangers) {
    this.guard = guard;
    this.refresh = refresh;
    this.strangers = strangers;
    this.loop = loop;
    this.medium = medium;
    this.settings = settings;
    this.handover = new Handover(loop);
    this.closing = new Closing(medium, loop);
  }

  /** Listens on this port of 127.0.0.1; 0 is any free one. */
  public static JGroupsTransport port(int port) {
    return builder().port(port).build();
  }

  /**
   * Uses the channel of a service beside what the service does with it. The channel must be
   * connected when the node starts; it is not closed with the node. It gets JGroups' FORK protocol
   * if it has none.
   */
  public static JGroupsTransport fork(JChannel channel) {
    return fork(channel, FORK_NAME);
  }

  /** As {@link #fork(JChannel)}, where several clusters of CETS share a channel. */
  public static JGroupsTransport fork(JChannel channel, String name) {
    return over(new Fork(channel, name));
  }

  /**
   * Uses a channel that is for this node alone, with whatever stack it was made. It must not be
   * connected; it is connected when the node starts, and closed with it.
   */
  public static JGroupsTransport channel(JChannel channel) {
    return over(new Dedicated(channel));
  }

  private static JGroupsTransport over(GivenMedium.Source source) {
    return new JGroupsTransport(
        new SingleThreadLoop("cets"), new GivenMedium(source), Settings.DEFAULTS);
  }

  /** For everything else about a channel of the transport's own. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void start(String nodeName, Listener listener) throws IOException {
    if (loop.inLoop()) {
      throw new IllegalStateException("start waits, so it cannot be called on the loop");
    }
    Identity.checkName(nodeName);
    if (!started.compareAndSet(false, true) || closed.get()) {
      throw new IllegalStateException("a transport is started once, and not after its close");
    }
    loop.rename("cets-" + nodeName);
    FileLooks.start(loop, refresh, guard.tls(), guard.secret());
    try {
      medium.open(nodeName, handover);
    } catch (IOException e) {
      close();
      throw e;
    }
    NodeAddress here = medium.address();
    Identity self = new Identity(engine, nodeName, here, medium.physical());
    address = here;
    loop.execute(() -> begin(self, listener));
  }

  private void begin(Identity self, Listener listener) {
    if (!closed.get()) {
      Switchboard made = new Switchboard(loop, medium, self, listener, settings);
      board = made;
      handover.begin(made);
      made.seek(sought);
    }
  }

  @Override
  public NodeAddress address() {
    NodeAddress known = address;
    if (known == null) {
      throw new IllegalStateException("not started, so the address is not known");
    }
    return known;
  }

  @Override
  public void seek(Set<NodeAddress> addresses) {
    Set<NodeAddress> wanted = Set.copyOf(addresses);
    sought = wanted;
    try {
      loop.execute(
          () -> {
            if (board != null) {
              board.seek(sought);
            }
          });
    } catch (RejectedExecutionException e) {
      log.debug("closed, seeks nobody", e);
    }
  }

  /**
   * The members of the channel's view. A node that is given this as a back end of discovery shows
   * them in its status, and is ready when it is in step with those that run CETS. It meets them
   * without it, too.
   */
  public dev.cets.spi.Discovery members() {
    return new Members(
        answer -> loop.execute(() -> answer.complete(board == null ? Set.of() : board.places())));
  }

  /**
   * {@inheritDoc}
   *
   * <p>On a channel of its own: accepted sockets, whatever was wrong with them, and dialled ones
   * whose other end showed something wrong. On a service's channel who is let in is the service's
   * matter, and this stays 0.
   */
  @Override
  public long refusedConnections() {
    return strangers.refused();
  }

  /** How many messages were dropped since their sender sent more than it may. */
  public long droppedMessages() {
    return handover.dropped();
  }

  /**
   * {@inheritDoc}
   *
   * <p>On the loop it does not wait; the thread ends soon after.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      if (loop.inLoop()) {
        closeOnLoop();
      } else {
        loop.execute(this::closeOnLoop);
      }
    }
    if (!loop.inLoop()) {
      closing.await();
    }
  }

  private void closeOnLoop() {
    if (board == null) {
      closing.begin();
    } else {
      board.close(closing::begin);
    }
  }

  /** Describes a transport with a channel of its own. */
  public static final class Builder {
    private Bind bind = Bind.LOCAL;
    private @Nullable Tls tls;
    private @Nullable Secret secret;
    private boolean insecure;
    private Duration refresh = FileLooks.INTERVAL;
    private @Nullable Discovery discovery;
    private Duration answerTimeout = Duration.ofSeconds(3);
    private Duration redialMin = Duration.ofMillis(50);
    private Duration redialMax = Duration.ofSeconds(2);

    private Builder() {}

    /**
     * The local host name or IP to listen on; 127.0.0.1 unless told. With 0.0.0.0 or :: an address
     * to advertise is needed. One that other machines can reach needs {@link #insecure}.
     */
    public Builder bind(String host) {
      bind = bind.onHost(host);
      return this;
    }

    /** The port to listen on; 0, the default, is any free one. */
    public Builder port(int port) {
      bind = bind.onPort(port);
      return this;
    }

    /** The host that peers are told, with the real port; the bound one unless told. */
    public Builder advertise(String host) {
      bind = bind.advertise(host);
      return this;
    }

    /** The address that peers are told, such as when a port is mapped. */
    public Builder advertise(NodeAddress address) {
      bind = bind.advertise(address);
      return this;
    }

    /**
     * Lets in none but peers with a certificate that is trusted, and shows this node's. There is no
     * plain-text port beside it.
     */
    public Builder tls(Tls certificates) {
      tls = certificates;
      return this;
    }

    /** Lets in none but peers that prove to know this secret, without sending it. */
    public Builder secret(Secret known) {
      secret = known;
      return this;
    }

    /**
     * Allows a port that other machines can reach without {@link #tls} and {@link #secret}: for
     * networks in which every host may be trusted.
     */
    public Builder insecure() {
      insecure = true;
      return this;
    }

    /** How often the files of certificates and secret are looked at; for tests. */
    Builder refresh(Duration interval) {
      refresh = interval;
      return this;
    }

    /**
     * Makes the channel a group, with a discovery of JGroups' ({@code MPING}, {@code TCPPING},
     * ...): who is in its view is met without being sought. Without it there is no group, and nodes
     * meet whom they seek.
     */
    public Builder discovery(Discovery protocol) {
      discovery = protocol;
      return this;
    }

    /** How long a name look-up, and then a place, may take to answer; 3 s. */
    public Builder answerTimeout(Duration timeout) {
      answerTimeout = Times.positive("answerTimeout", timeout);
      return this;
    }

    /**
     * The pauses between attempts at a sought address: from 50 ms, doubling, to 2 s. After the loss
     * of a connection that has lasted longer than the longest pause, the first is nearly at once.
     */
    public Builder redial(Duration min, Duration max) {
      redialMin = Times.positive("min", min);
      redialMax = Times.positive("max", max);
      if (min.compareTo(max) > 0) {
        throw new IllegalArgumentException("min " + min + " is over max " + max);
      }
      return this;
    }

    /** A transport that is not started yet. */
    public JGroupsTransport build() {
      InetAddress literal = bind.literal();
      Guard guard = new Guard(tls, secret, insecure);
      String exposure = literal == null ? null : guard.exposure(literal);
      if (exposure != null) {
        throw new IllegalArgumentException(exposure);
      }
      SingleThreadLoop loop = new SingleThreadLoop("cets");
      Strangers strangers = new Strangers(log);
      OwnMedium medium = new OwnMedium(loop, bind, guard, strangers, discovery);
      return new JGroupsTransport(
          loop,
          medium,
          new Settings(answerTimeout.toNanos(), redialMin.toNanos(), redialMax.toNanos()),
          guard,
          refresh,
          strangers);
    }
  }
}
