package dev.cets.netty;

import dev.cets.engine.EngineId;
import dev.cets.spi.NodeAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** The other end by hand: a plain socket that speaks as much of the protocol as a test wants. */
final class RawPeer implements AutoCloseable {
  static final EngineId SMALLEST = new EngineId(Long.MIN_VALUE, Long.MIN_VALUE);
  static final EngineId LARGEST = new EngineId(Long.MAX_VALUE, Long.MAX_VALUE);

  private final Socket socket;
  private final DataInputStream in;

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
    in = new DataInputStream(socket.getInputStream());
  }

  static RawPeer dial(NodeAddress address) throws IOException {
    return new RawPeer(new Socket(address.host(), address.port()));
  }

  static ByteBuffer hello(EngineId engine, String name) {
    return new Hello(engine, name, new NodeAddress("127.0.0.1", 1)).encode();
  }

  void bytes(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void frame(ByteBuffer body) throws IOException {
    byte[] bytes = new byte[4 + body.remaining()];
    ByteBuffer.wrap(bytes).putInt(body.remaining()).put(body);
    bytes(bytes);
  }

  ByteBuffer readFrame() throws IOException {
    byte[] body = new byte[in.readInt()];
    in.readFully(body);
    return ByteBuffer.wrap(body);
  }

  /** Waits for the other end to close, whatever comes before. */
  void awaitClosed() throws IOException {
    try {
      in.skip(Long.MAX_VALUE);
      while (in.read() >= 0) {
        in.skip(Long.MAX_VALUE);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // reset: closed as well
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
