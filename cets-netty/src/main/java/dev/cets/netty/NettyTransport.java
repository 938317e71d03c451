package dev.cets.netty;

import dev.cets.engine.Bind;
import dev.cets.engine.EngineId;
import dev.cets.engine.FileLooks;
import dev.cets.engine.Strangers;
import dev.cets.engine.Times;
import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes over TCP: one connection per pair of nodes, all of them on one thread.
 *
 * <p>With {@link Builder#tls} frames are encrypted and both ends show certificates; with {@link
 * Builder#secret} both ends prove that they know the cluster's secret. Without them peers are not
 * authenticated, and every host that reaches the port is trusted.
 *
 * <p>Holds resources of the system from its construction on; close it even if it was never started.
 */
public final class NettyTransport implements Transport {
  private static final Logger log = LoggerFactory.getLogger(NettyTransport.class);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Settings settings;
  private final EngineId engine = EngineId.random();
  private final NettyLoop loop;
  private final Strangers strangers = new Strangers(log);
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Set<NodeAddress> sought = Set.of();
  private volatile @Nullable NodeAddress address;

  /** On the loop only. */
  private @Nullable Switchboard switchboard;

  private NettyTransport(Settings settings) {
    this.settings = settings;
    this.loop = new NettyLoop(settings.habit());
  }

  /** Listens on this port of 127.0.0.1; 0 is any free one. */
  public static NettyTransport port(int port) {
    return builder().port(port).build();
  }

  /** For everything else. */
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
    Hello.checkName(nodeName);
    if (!started.compareAndSet(false, true) || closed.get()) {
      throw new IllegalStateException("a transport is started once, and not after its close");
    }
    FileLooks.start(loop, settings.refresh(), settings.tls(), settings.secret());
    try {
      InetAddress host = InetAddress.getByName(settings.bind().host());
      String exposure = settings.exposure(host);
      if (exposure != null) {
        throw new BindException(exposure);
      }
      InetSocketAddress local = new InetSocketAddress(host, settings.bind().port());
      loop.rename("cets-" + nodeName);
      CompletableFuture<NodeAddress> opened = new CompletableFuture<>();
      loop.execute(() -> open(nodeName, listener, local, opened));
      address = opened.get();
    } catch (UnknownHostException
        | BindException
        | ExecutionException
        | RejectedExecutionException e) {
      close();
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      throw new IOException(
          "cannot listen on " + settings.bind() + ": " + Reasons.of(cause), cause);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while starting");
    }
  }

  private void open(
      String nodeName,
      Listener listener,
      InetSocketAddress local,
      CompletableFuture<NodeAddress> opened) {
    ChannelFuture bound = Channels.listen(loop, local, settings.tls() == null, this::accept);
    // Runs in the same turn in which the port opens, before anybody can be accepted.
    bound.addListener(
        done -> {
          if (done.cause() != null) {
            opened.completeExceptionally(done.cause());
            return;
          }
          Channel server = bound.channel();
          int realPort = ((InetSocketAddress) server.localAddress()).getPort();
          Hello own = new Hello(engine, nodeName, settings.bind().advertised(realPort));
          Switchboard board = new Switchboard(loop, settings, own, listener, strangers);
          switchboard = board;
          board.keep(server);
          address = own.address();
          opened.complete(own.address());
          board.seek(sought);
        });
  }

  private void accept(SocketChannel channel) {
    if (switchboard != null) {
      switchboard.accept(channel);
    }
  }

  @Override
  public NodeAddress address() {
    NodeAddress known = address;
    if (known == null) {
      throw new IllegalStateException("not started, so the port is not known");
    }
    return known;
  }

  @Override
  public void seek(Set<NodeAddress> addresses) {
    Set<NodeAddress> wanted = Set.copyOf(addresses);
    sought = wanted;
    try {
      loop.execute(this::seekOnLoop);
    } catch (RejectedExecutionException e) {
      log.debug("closed, seeks nobody", e);
    }
  }

  private void seekOnLoop() {
    if (switchboard != null) {
      switchboard.seek(sought);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Accepted ones, whatever was wrong with them; and dialled ones whose other end showed
   * something wrong. That it did not answer, or did not want this node, does not count there.
   */
  @Override
  public long refusedConnections() {
    return strangers.refused();
  }

  /** For tests; on the loop only. */
  @Nullable Switchboard switchboard() {
    return switchboard;
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
      loop.awaitEnd(CLOSE_NANOS);
    }
  }

  private void closeOnLoop() {
    if (switchboard == null) {
      loop.shutdown();
    } else {
      switchboard.close(loop::shutdown);
    }
  }

  /** Describes a transport. */
  public static final class Builder {
    private Bind bind = Bind.LOCAL;
    private @Nullable Tls tls;
    private @Nullable Secret secret;
    private boolean insecure;
    private Duration refresh = FileLooks.INTERVAL;
    private Duration connectTimeout = Duration.ofSeconds(3);
    private Duration handshakeTimeout = Duration.ofSeconds(5);
    private Duration redialMin = Duration.ofMillis(50);
    private Duration redialMax = Duration.ofSeconds(2);
    private Regular.Habit habit = Regular.Habit.USUAL;

    private Builder() {}

    /**
     * The local host name or IP to listen on; 127.0.0.1 unless told. With 0.0.0.0 or :: an address
     * to advertise is needed. One that other machines can reach needs {@link #tls} and {@link
     * #secret}, or {@link #insecure}.
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

    /** Which callers run the loop themselves; for tests. */
    Builder habit(int calls, Duration pause) {
      habit = new Regular.Habit(calls, pause.toNanos());
      return this;
    }

    /** How long a name look-up, and then a dial, may take; 3 s. */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = Times.positive("connectTimeout", timeout);
      return this;
    }

    /** How long a new connection may take to say who it is; 5 s. */
    public Builder handshakeTimeout(Duration timeout) {
      handshakeTimeout = Times.positive("handshakeTimeout", timeout);
      return this;
    }

    /**
     * The pauses between dials of an address: from 50 ms, doubling, to 2 s. After the loss of a
     * connection that has lasted longer than the longest pause, the first dial is nearly at once.
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
    public NettyTransport build() {
      InetAddress literal = bind.literal();
      Settings settings =
          new Settings(
              bind,
              tls,
              secret,
              insecure,
              refresh,
              connectTimeout.toNanos(),
              handshakeTimeout.toNanos(),
              redialMin.toNanos(),
              redialMax.toNanos(),
              habit);
      String exposure = literal == null ? null : settings.exposure(literal);
      if (exposure != null) {
        throw new IllegalArgumentException(exposure);
      }
      return new NettyTransport(settings);
    }
  }
}
