package dev.cets.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One side of a table's link with one peer: it begins with a hello, opens when both sides know each
 * other's attempt, and is joined when the pull of each side has ended once. A link that goes wrong
 * in any way is closed and begun anew, under a higher attempt.
 */
final class Link<K, R> {
  private final LinkCodec<K, R> codec;
  private final Peer peer;
  private final long mine;
  private long yours;
  private boolean open;
  private boolean wasOpen;
  private boolean waitsForHandlers;
  private boolean closed;
  private boolean joined;
  private boolean peerJoined;
  private @Nullable String refused;

  final Sending<K, R> sending;
  @Nullable Serving<K, R> serving;
  @Nullable Pulling<K, R> pulling;
  final LinkPauses pauses = new LinkPauses();
  boolean pullAgain;
  long pulls;

  /** Chunks, answers and ends, in their order, until they may be taken. */
  final Deque<LinkMessage.Held<K, R>> held = new ArrayDeque<>();

  /** When the hello goes out; then, when it last did. */
  long helloNanos;

  boolean helloSent;

  /** How often in a row it was begun anew without having been joined. */
  int failures;

  long compareDueNanos = Long.MAX_VALUE;
  private long peerWrote;
  private long received;

  Link(LinkCodec<K, R> codec, Peer peer, long mine, WriteLog<K, R> log, Settings settings) {
    this.codec = codec;
    this.peer = peer;
    this.mine = mine;
    this.sending = new Sending<>(this, log, settings);
  }

  Peer peer() {
    return peer;
  }

  LinkCodec<K, R> codec() {
    return codec;
  }

  /** The attempt of this side. */
  long mine() {
    return mine;
  }

  /** The attempt of the other side, or 0. */
  long yours() {
    return yours;
  }

  void yours(long attempt) {
    yours = attempt;
  }

  boolean isOpen() {
    return open;
  }

  void open() {
    open = true;
    wasOpen = true;
    refused = null;
  }

  /** Has this link, or one before it over the same connection, been open? */
  boolean wasOpen() {
    return wasOpen;
  }

  /** It begins anew what another was, which has ended. */
  void follows(Link<K, R> old) {
    wasOpen = old.wasOpen;
    serving = old.serving;
    waitsForHandlers = old.waitsForHandlers;
  }

  /** Whether it may not begin before the handlers of the peer's loss are done. */
  void waitsForHandlers(boolean waits) {
    waitsForHandlers = waits;
  }

  boolean waitsForHandlers() {
    return waitsForHandlers;
  }

  boolean closed() {
    return closed;
  }

  void close() {
    closed = true;
    open = false;
    pulling = null;
    serving = null;
    held.clear();
  }

  /** Has what the other side held been taken here? */
  boolean isJoined() {
    return joined;
  }

  void joined() {
    joined = true;
    failures = 0;
  }

  boolean isPeerJoined() {
    return peerJoined;
  }

  void peerJoined() {
    peerJoined = true;
  }

  /** Why the other side does not link, or null. */
  void refused(@Nullable String reason) {
    refused = reason;
  }

  boolean isRefused() {
    return refused != null;
  }

  /** What the peer had written itself when it last acknowledged something. */
  long peerWrote() {
    return peerWrote;
  }

  void peerWrote(long stamp) {
    peerWrote = Math.max(peerWrote, stamp);
  }

  /** The stamp of the last write that came over this link; 0 if none did. */
  long received() {
    return received;
  }

  void received(long stamp) {
    received = Math.max(received, stamp);
  }

  long acknowledged() {
    return sending.acknowledged();
  }

  /** Does a message with these attempts belong to this link as it stands? */
  boolean carries(long to, long from) {
    return open && to == mine && from == yours;
  }

  void send(LinkMessage<K, R> message) {
    peer.connection().send(codec.encode(yours, mine, message));
  }

  /** For a person. */
  String describe() {
    if (refused != null) {
      return refused;
    }
    if (waitsForHandlers) {
      return "waits for node-down handlers";
    }
    return joined && peerJoined ? Replication.JOINED : open ? "joining" : "linking";
  }
}
