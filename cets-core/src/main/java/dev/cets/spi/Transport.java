package dev.cets.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Carries frames between pairs of nodes. It knows no cluster view: it tells, pair by pair, who is
 * connected, what came, and who is gone.
 *
 * <p>An engine MUST
 *
 * <ul>
 *   <li>call the listener on its {@link #loop()} only, one call at a time;
 *   <li>hold at most one connection with another running transport, whoever dials first, and none
 *       with itself;
 *   <li>deliver the frames of a connection whole, unchanged, once, and in order; frames may be lost
 *       only by losing the connection with everything behind them;
 *   <li>go on trying to reach every address of {@link #seek} that is not reached, with back-off,
 *       and try again after a connection is lost;
 *   <li>refuse frames over {@link #MAX_FRAME_BYTES} from a peer by closing that connection;
 *   <li>never let a peer that does not read delay what goes to another peer;
 *   <li>never resolve a name or open a connection in a way that blocks the loop.
 * </ul>
 *
 * <p>It MUST NOT look into frames. A transport is started once and closed once. {@code
 * TransportContract} of the test kit checks these points over any engine.
 */
public interface Transport extends AutoCloseable {
  /** The largest frame that a connection carries, in bytes. */
  int MAX_FRAME_BYTES = 16 * 1024 * 1024;

  /** The loop on which the listener is called. The same object always; usable before the start. */
  EventLoop loop();

  /**
   * Opens the transport for others.
   *
   * @param nodeName told to peers, see {@link Connection#peerName()}
   * @throws IOException if it cannot, such as when the port is in use; the message says so with the
   *     address. The transport is then closed.
   */
  void start(String nodeName, Listener listener) throws IOException;

  /** The address that peers are told, with the real port. Valid after the start. */
  NodeAddress address();

  /**
   * The addresses to be connected with from now on; replaces the former set. A connection to an
   * address that is no longer among them stays. May be called from any thread.
   */
  void seek(Set<NodeAddress> addresses);

  /**
   * How many times, since the start, another end was turned away since it was no peer: it came
   * without what is asked for, or spoke something else. May be called from any thread.
   */
  default long refusedConnections() {
    return 0;
  }

  /**
   * Closes all connections and ends the loop. Frames sent before on writable connections SHOULD
   * still go out, for at most a second. The listener is not called after this returns. Harmless
   * when repeated.
   */
  @Override
  void close();

  /** One pair's connection. All methods MUST be called on the loop. */
  interface Connection {
    /** The name that the peer gave to its own {@link Transport#start}. Not proof of anything. */
    String peerName();

    /** The address that the peer tells to others. */
    NodeAddress peerAddress();

    /**
     * Sends a frame of at most {@link #MAX_FRAME_BYTES}. Never blocks; the connection owns the
     * buffer's content from here on, and may share it with other connections (it MUST NOT write to
     * it). On a closed connection: nothing happens.
     */
    void send(ByteBuffer frame);

    /**
     * Is there room? A sender SHOULD hold back bulk while this is false; small frames may still be
     * sent. {@link Listener#writable} is called when it becomes true again.
     */
    boolean writable();

    /** Closes the connection; {@link Listener#disconnected} follows once, with this reason. */
    void close(String reason);
  }

  /** What a transport tells. Calls come on the loop; they never throw. */
  interface Listener {
    /**
     * A pair is connected; the first frame comes after this, and the end of the pair's connection
     * before, if there was one, has been told.
     */
    void connected(Connection connection);

    /** A frame came. The buffer is the listener's own from here on. */
    void received(Connection connection, ByteBuffer frame);

    /** The connection is over; nothing comes from it any more. */
    void disconnected(Connection connection, String reason);

    /** There is room again, see {@link Connection#writable()}. */
    void writable(Connection connection);

    /** A sought address turned out to be this running node (possibly this transport itself). */
    void located(NodeAddress sought, String nodeName);

    /** A sought address could not be reached this time; the transport tries again by itself. */
    void unreachable(NodeAddress sought, String reason);
  }
}
