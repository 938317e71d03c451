package dev.cets.jgroups;

import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * A JGroups channel as the pairs see it: messages to members, and hints. Nothing that it says of
 * members is believed; see {@link Pair}.
 */
interface Medium {
  /** What it tells, on any thread. None of these waits. */
  interface Events {
    /** A message came. The array is the receiver's own from here on. */
    void received(Address from, byte[] array, int offset, int length);

    /** These are in the channel's view now, this node left out. */
    void members(Set<Address> members);

    /** Something happened that often means that the peer is gone. */
    void suspected(Address peer, String reason);

    /** Nobody listens any more where the peer was. */
    void gone(Address peer, String reason);

    /** The channel is not connected any more, and may be again later. */
    void ended(String reason);
  }

  /** Connects; waits for that. */
  void open(String nodeName, Events events) throws IOException;

  /** Where this node is, for others. Valid from the opening on. */
  NodeAddress address();

  /** Where JGroups says this node to be; null if that is no socket's address. */
  @Nullable InetSocketAddress physical();

  /** Where JGroups says a member to be; null if it does not know. Asks nobody. */
  @Nullable InetSocketAddress physical(Address member);

  /** Those in the channel's view, this node among them; none if there is no group. */
  List<Address> members();

  /** On the loop; never waits. What cannot be sent is lost, and nobody is told. */
  void send(Address to, byte[] packet);

  /** The peer has said where it can be reached. */
  void reach(Address peer, InetSocketAddress physical);

  /**
   * Nothing more is sent to a peer, for now.
   *
   * @param gone it will not come back, so what is still on its way to it is of no use
   */
  void forget(Address peer, boolean gone);

  /** Can it send to places whose inhabitants are not known? */
  boolean knocks();

  /**
   * Sends to a place; waits for a connection.
   *
   * @throws IOException if nobody listens there
   */
  void knock(InetSocketAddress place, byte[] packet) throws IOException;

  /** Leaves; waits for that. */
  void close();
}
