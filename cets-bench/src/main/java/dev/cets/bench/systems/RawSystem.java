package dev.cets.bench.systems;

import dev.cets.bench.member.Item;
import dev.cets.bench.member.NotOfferedException;
import dev.cets.bench.member.ReplicatedTable;
import dev.cets.bench.member.SystemUnderTest;
import dev.cets.bench.member.TableKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No system: blocking sockets of the JDK. The first member writes a frame to all others and reads
 * it back from them, one thread for all; the others are a thread each that sends back what comes.
 * What a write costs that does nothing but travel.
 */
final class RawSystem implements SystemUnderTest {
  private static final int FRAME_BYTES = 100;

  private final List<Socket> sockets = new ArrayList<>();
  private @Nullable ServerSocket server;
  private int index;
  private List<Integer> ports = List.of();

  @Override
  public void connect(int own, List<Integer> all, int members) throws IOException {
    index = own;
    ports = all;
    if (own > 0) {
      ServerSocket opened = new ServerSocket(all.get(own), 1, InetAddress.getLoopbackAddress());
      server = opened;
      Thread.ofPlatform().daemon().start(() -> echo(opened));
    }
  }

  private static void echo(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.setTcpNoDelay(true);
      byte[] frame = new byte[FRAME_BYTES];
      while (socket.getInputStream().readNBytes(frame, 0, FRAME_BYTES) == FRAME_BYTES) {
        socket.getOutputStream().write(frame);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The others must be members by now. */
  @Override
  public ReplicatedTable open(TableKind kind) throws IOException {
    if (index == 0) {
      for (int port : ports.subList(1, ports.size())) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        sockets.add(socket);
      }
    }
    return new Trips(sockets);
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    ServerSocket opened = server;
    if (opened != null) {
      opened.close();
    }
  }

  private record Trips(List<Socket> sockets) implements ReplicatedTable {
    @Override
    public void put(Item item) {
      byte[] frame = new byte[FRAME_BYTES];
      System.arraycopy(item.value(), 0, frame, 0, item.value().length);
      try {
        for (Socket socket : sockets) {
          socket.getOutputStream().write(frame);
        }
        for (Socket socket : sockets) {
          if (socket.getInputStream().readNBytes(frame, 0, FRAME_BYTES) < FRAME_BYTES) {
            throw new IOException("a member has gone");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void putMany(List<Item> items) {
      throw new NotOfferedException("a round trip is all there is");
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public @Nullable Object get(String key) {
      return null;
    }

    @Override
    public int firstByte(String key) {
      return -1;
    }
  }
}
