package dev.cets.jgroups;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose streams, once both ends have shown what they must, are those of TLS over its own.
 */
final class GuardedSocket extends Socket {
  private final GuardedSockets factory;
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile @Nullable Socket secured;

  GuardedSocket(GuardedSockets factory) {
    this.factory = factory;
  }

  /** Connects, and shows and sees what must be; both within the given time each. */
  @Override
  public void connect(SocketAddress place, int timeoutMillis) throws IOException {
    super.connect(place, timeoutMillis);
    secure(place instanceof InetSocketAddress known ? known : null);
  }

  /** Blocks, within the factory's limit of time; closes the socket if it fails. */
  void secure(@Nullable InetSocketAddress dialled) throws IOException {
    try {
      Socket over = factory.secured(this, dialled);
      secured = over.equals(this) ? null : over; // plain text, behind the proof
    } catch (IOException | RuntimeException e) {
      abort();
      throw e;
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    Socket over = secured;
    return over == null ? super.getInputStream() : over.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    Socket over = secured;
    return over == null ? super.getOutputStream() : over.getOutputStream();
  }

  /** TLS would say good-bye, and wait for an end that does not read: who leaves has said so. */
  @Override
  public void close() throws IOException {
    abort();
  }

  private void abort() throws IOException {
    if (closing.compareAndSet(false, true)) {
      super.close();
    }
  }
}
