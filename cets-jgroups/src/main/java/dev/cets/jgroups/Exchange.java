package dev.cets.jgroups;

import dev.cets.jgroups.Packet.Data;
import dev.cets.jgroups.Packet.Goodbye;
import dev.cets.jgroups.Packet.Status;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * What passes over one connection: pieces of frames in both directions, and how much of them each
 * side has taken. On the loop only.
 */
final class Exchange {
  private final Medium medium;
  private final Address peer;
  private final long mine;
  private final long theirs;
  private final Outflow out = new Outflow();
  private final Inflow in = new Inflow();

  /** Between these session numbers. */
  Exchange(Medium medium, Address peer, long mine, long theirs) {
    this.medium = medium;
    this.peer = peer;
    this.mine = mine;
    this.theirs = theirs;
  }

  Outflow out() {
    return out;
  }

  /** Sends what the peer has room for. */
  void sendPieces() {
    while (out.mayCut()) {
      medium.send(peer, out.cut(mine, theirs, in.tell()));
    }
  }

  /**
   * Takes the next piece, and hands on what it completes; one that came before is left out.
   *
   * @return what is wrong, so that the connection cannot go on; null: nothing
   */
  @Nullable String take(Data data, Inflow.Sink sink) {
    long missing = data.number() - in.pieces() - 1;
    if (missing > 0) {
      return lost(missing);
    }
    if (missing == 0) {
      try {
        in.take(data.bytes(), sink);
      } catch (BadPacketException e) {
        return "a message " + e.getMessage();
      }
    }
    return null;
  }

  /** As {@link #take}, of what the peer says to have sent. */
  @Nullable String compare(Status status) {
    long missing = status.sent() - in.pieces();
    return missing > 0 ? lost(missing) : null;
  }

  private static String lost(long missing) {
    return missing + " messages were lost";
  }

  /** Tells the peer before it would have to wait for the news. */
  void tellIfDue() {
    if (in.isTellingDue()) {
      tell(0, 0);
    }
  }

  /**
   * Tells the peer what was sent, and what was taken.
   *
   * @param question to be answered; 0 for none
   * @param answer the question that this answers; 0 for none
   */
  void tell(int question, int answer) {
    send(new Status(mine, theirs, out.sentPieces(), in.tell(), question, answer));
  }

  /** The last of it. */
  void sayGoodbye(String reason) {
    send(new Goodbye(mine, theirs, reason));
  }

  private void send(Packet packet) {
    medium.send(peer, packet.encode());
  }
}
