package dev.cets.jgroups;

import dev.cets.engine.Strangers;
import dev.cets.spi.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.util.DefaultSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a channel that lets in none but its own cluster. JGroups accepts one connection
 * after the other and waits for each to say who it is; so here many are looked at side by side,
 * none for longer than a limit, and JGroups gets those alone that are peers.
 */
final class GuardedSockets extends DefaultSocketFactory {
  /** So many accepted connections may be looked at; more are closed at once. */
  static final int MAX_HANDSHAKES = 256;

  private final EventLoop loop;
  private final Guard guard;
  private final Strangers strangers;
  private final String nodeName;
  private final long limitNanos;

  GuardedSockets(
      EventLoop loop, Guard guard, Strangers strangers, String nodeName, long limitNanos) {
    this.loop = loop;
    this.guard = guard;
    this.strangers = strangers;
    this.nodeName = nodeName;
    this.limitNanos = limitNanos;
  }

  /** As {@link Guard#secured}, within the limit of time; strangers are counted. */
  Socket secured(GuardedSocket raw, @Nullable InetSocketAddress dialled) throws IOException {
    AtomicBoolean done = new AtomicBoolean();
    loop.schedule(
        () -> {
          if (done.compareAndSet(false, true)) {
            drop(raw);
          }
        },
        limitNanos);
    try {
      return guard.secured(raw, dialled, nodeName);
    } catch (IOException e) {
      boolean late = !done.compareAndSet(false, true);
      String reason =
          late
              ? "no handshake within " + TimeUnit.NANOSECONDS.toMillis(limitNanos) + " ms"
              : Reasons.of(e);
      if (dialled == null || e instanceof Guard.StrangerException) {
        strangers.refuse(raw.getRemoteSocketAddress(), reason);
      }
      throw late ? new IOException(reason, e) : e;
    } finally {
      done.set(true);
    }
  }

  @Override
  public Socket createSocket(String service) {
    return new GuardedSocket(this);
  }

  @Override
  public ServerSocket createServerSocket(String service) throws IOException {
    return new Gate();
  }

  @Override
  public ServerSocket createServerSocket(String service, int port) throws IOException {
    return bound(port, 50, null);
  }

  @Override
  public ServerSocket createServerSocket(String service, int port, int backlog) throws IOException {
    return bound(port, backlog, null);
  }

  @Override
  public ServerSocket createServerSocket(
      String service, int port, int backlog, @Nullable InetAddress host) throws IOException {
    return bound(port, backlog, host);
  }

  private ServerSocket bound(int port, int backlog, @Nullable InetAddress host) throws IOException {
    ServerSocket gate = new Gate();
    gate.bind(new InetSocketAddress(host, port), backlog);
    return gate;
  }

  private static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  /** Gives out those that have passed. */
  private final class Gate extends ServerSocket {
    private final Semaphore room = new Semaphore(MAX_HANDSHAKES);
    private final AtomicBoolean open = new AtomicBoolean();

    /** Nobody, once the gate is closed, so that who waits hears of it. */
    private final BlockingQueue<Socket> passed = new LinkedBlockingQueue<>();

    private final Socket nobody = new Socket();

    Gate() throws IOException {}

    @Override
    public Socket accept() throws IOException {
      if (open.compareAndSet(false, true)) {
        loop.blocking().execute(this::acceptAll);
      }
      try {
        Socket next = passed.take();
        if (next.equals(nobody)) {
          passed.add(nobody);
          throw new SocketException("Socket closed");
        }
        return next;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SocketException("Socket closed", e);
      }
    }

    private void acceptAll() {
      while (!isClosed()) {
        GuardedSocket socket = new GuardedSocket(GuardedSockets.this);
        try {
          implAccept(socket);
          look(socket);
        } catch (IOException | RejectedExecutionException e) {
          drop(socket); // of one connection, or of the gate itself
        }
      }
    }

    private void look(GuardedSocket socket) throws IOException {
      if (!room.tryAcquire()) {
        strangers.refuse(socket.getRemoteSocketAddress(), "too many handshakes at once");
        socket.close();
        return;
      }
      loop.blocking()
          .execute(
              () -> {
                try {
                  socket.secure(null);
                  passed.add(socket);
                  if (isClosed()) {
                    drop(socket);
                  }
                } catch (IOException | RuntimeException e) {
                  drop(socket); // told
                } finally {
                  room.release();
                }
              });
    }

    @Override
    public void close() throws IOException {
      super.close();
      passed.add(nobody);
      passed.stream().filter(socket -> !socket.equals(nobody)).forEach(GuardedSockets::drop);
    }
  }
}
