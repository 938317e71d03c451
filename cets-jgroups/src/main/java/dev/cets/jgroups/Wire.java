package dev.cets.jgroups;

import dev.cets.spi.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.protocols.BasicTCP;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.SocketFactory;
import org.jgroups.util.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * JGroups' TCP with two differences: what the loop sends never waits, neither for a connection (one
 * is opened elsewhere, and UNICAST3 sends again) nor for a socket (a thread per connection writes);
 * and it tells when connections end or cannot be opened.
 */
final class Wire extends BasicTCP {
  /** What is told of places; on any thread. */
  interface Watcher {
    void closed(Address member);

    void refused(Address member, String reason);
  }

  /** More than may be under way to a peer, so nothing is dropped unless the peer stands still. */
  private static final int MAX_QUEUED_MESSAGES = 4 * Outflow.MAX_IN_FLIGHT_PIECES;

  private static final int CONNECT_MILLIS = 2_000;
  private static final int GREETING_MILLIS = 1_000;

  private final EventLoop loop;
  private final Watcher watcher;
  private final SocketFactory sockets;
  private final Set<Address> connecting = ConcurrentHashMap.newKeySet();
  private @Nullable Server server;

  Wire(EventLoop loop, Watcher watcher, InetAddress host, int port, SocketFactory sockets) {
    this.loop = loop;
    this.watcher = watcher;
    this.sockets = sockets;
    bind_addr = host;
    bind_port = port;
    port_range = 0;
    tcp_nodelay = true;
    log_details = false;
    sock_conn_timeout = CONNECT_MILLIS;
    peer_addr_read_timeout = GREETING_MILLIS;
    message_processing_policy = "all-direct";
    bundler_type = "no-bundler";
    use_vthreads = false;
  }

  /** Where others are told to connect. */
  void advertise(InetAddress host, int port) {
    external_addr = host;
    external_port = port;
  }

  @Override
  public void start() throws Exception {
    Server made =
        new Server(
            getThreadFactory(),
            sockets,
            bind_addr,
            bind_port,
            external_addr,
            external_port,
            recv_buf_size);
    made.usePeerConnections(true)
        .receiver(this)
        .timeService(time_service)
        .socketConnectionTimeout(sock_conn_timeout)
        .tcpNodelay(tcp_nodelay)
        .log(new QuietLog())
        .logDetails(log_details)
        .addConnectionListener(this);
    made.peerAddressReadTimeout(peer_addr_read_timeout)
        .nonBlockingSends(true)
        .maxSendQueue(MAX_QUEUED_MESSAGES);
    server = made;
    super.start();
  }

  private Server server() {
    return Objects.requireNonNull(server, "not started");
  }

  @Override
  protected void handleConnect() throws Exception {
    server().start();
    connected = true;
    super.handleConnect();
  }

  @Override
  protected void handleDisconnect() {
    super.handleDisconnect();
    connected = false;
    stopServer();
  }

  @Override
  public void stop() {
    super.stop();
    stopServer();
  }

  private void stopServer() {
    Server stopped = server;
    if (stopped != null) {
      stopped.stop();
    }
  }

  @Override
  public void send(Address dest, byte[] data, int offset, int length) throws Exception {
    if (!loop.inLoop()) {
      sendWaiting(dest, data, offset, length);
    } else if (!server().sendNow(dest, data, offset, length)) {
      connect(dest);
    }
  }

  private void sendWaiting(Address dest, byte[] data, int offset, int length) throws Exception {
    try {
      server().send(dest, data, offset, length);
    } catch (IOException e) {
      cannotConnect(dest, e);
      throw e;
    }
  }

  /** Opens a connection, on another thread, unless that is under way. */
  private void connect(Address dest) {
    if (!connecting.add(dest)) {
      return;
    }
    try {
      loop.blocking()
          .execute(
              () -> {
                try {
                  server().open(dest);
                } catch (IOException e) {
                  cannotConnect(dest, e);
                } finally {
                  connecting.remove(dest);
                }
              });
    } catch (RejectedExecutionException e) {
      connecting.remove(dest); // closing
    }
  }

  private void cannotConnect(Address dest, Exception cause) {
    if (Reasons.isRefusal(cause)) {
      Address member = memberAt(dest);
      if (member != null) {
        watcher.refused(member, Reasons.of(cause));
      }
    }
  }

  /** Sends to a place, and says whether that could be. */
  void knock(IpAddress place, Runnable send) throws IOException {
    server().open(place);
    send.run();
  }

  /**
   * JGroups would write a last word before it closes a socket, and wait for that as long as the
   * other end does not read. Nobody needs it: who leaves has said so. So it counts as said.
   */
  @Override
  public void connectionEstablished(Connection connection) {
    connection.setClosedGracefully(true);
  }

  @Override
  public void connectionClosed(Connection connection) {
    connection.setClosedGracefully(false);
    super.connectionClosed(connection);
    Address member = memberAt(connection.peerAddress());
    if (member != null) {
      watcher.closed(member);
    }
  }

  private @Nullable Address memberAt(@Nullable Address place) {
    return place instanceof PhysicalAddress physical
        ? logical_addr_cache.getByValue(physical)
        : null;
  }

  @Override
  public void retainAll(Collection<Address> members) {
    // Pairs may be connected whether a view has both or not.
  }

  @Override
  protected @Nullable PhysicalAddress getPhysicalAddress() {
    Server running = server;
    return running == null ? null : (PhysicalAddress) running.localAddress();
  }

  @Override
  public String printConnections() {
    return server().printConnections();
  }

  @Override
  public Wire clearConnections(boolean graceful) {
    server().clearConnections(graceful);
    return this;
  }

  /** The sockets. */
  private static final class Server extends TcpServer {
    Server(
        ThreadFactory threads,
        SocketFactory sockets,
        InetAddress host,
        int port,
        @Nullable InetAddress externalHost,
        int externalPort,
        int receiveBytes)
        throws Exception {
      super(threads, sockets, host, port, port, externalHost, externalPort, receiveBytes);
    }

    /** Opens a connection if there is none; waits for it. */
    void open(Address dest) throws IOException {
      try {
        Connection connection = getConnection(dest);
        if (!running()) { // closed meanwhile; nobody else would close this one
          connection.close();
        }
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    /** Sends if there is a connection. Never waits. */
    boolean sendNow(Address dest, byte[] data, int offset, int length) throws Exception {
      Connection open = conns.get(dest);
      if (open == null || open.isClosed() || !open.isConnected()) {
        return false;
      }
      open.send(data, offset, length);
      return true;
    }
  }
}
