package dev.cets.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One side of a table's link with one peer: it begins with a hello, opens when both sides know each
 * other's attempt, and is joined when the pull of each side has ended once, and each waits for the
 * other (see {@link Joining}). A link that goes wrong in any way is closed and begun anew, under a
 * higher attempt.
 */
final class Link<K, R> {
  private static final long NOT = -1;

  private final LinkCodec<K, R> codec;
  private final Peer peer;
  private final long mine;
  private final long nameHash;
  private long yours;
  private boolean open;
  private boolean wasOpen;
  private boolean waitsForHandlers;
  private boolean closed;
  private boolean pulled;
  private boolean peerPulled;
  private boolean awaited;
  private long awaitedAfter;
  private boolean joined;
  private boolean peerJoined;
  private @Nullable String refused;
  private long sinceNanos;
  private long restsUntilNanos;
  private long otherNodesSinceNanos = NOT;

  final Sending<K, R> sending;
  @Nullable Serving<K, R> serving;
  @Nullable Pulling<K, R> pulling;
  final LinkPauses pauses = new LinkPauses();
  boolean pullAgain;

  /** Until when the first pull waits for that of the other side; not at all, or no more: never. */
  long firstPullNanos = Long.MAX_VALUE;

  long pulls;

  /** Chunks, answers and ends, in their order, until they may be taken. */
  final Deque<LinkMessage.Held<K, R>> held = new ArrayDeque<>();

  /** When the hello goes out; then, when it last did. */
  long helloNanos;

  boolean helloSent;

  /** How often in a row it was begun anew without having been joined. */
  int failures;

  long compareDueNanos = Long.MAX_VALUE;

  /** What comparisons found. */
  final Findings findings = new Findings();

  private long peerWrote;
  private long receivedBatch;
  private long received;

  Link(
      LinkCodec<K, R> codec,
      Peer peer,
      long mine,
      WriteLog<K, R> log,
      Settings settings,
      long nowNanos) {
    this.codec = codec;
    this.peer = peer;
    this.mine = mine;
    this.nameHash = Links.nameHash(peer.name());
    this.sinceNanos = nowNanos;
    this.sending = new Sending<>(this, log, settings);
  }

  Peer peer() {
    return peer;
  }

  /** This side's pull of this number, if it is still the one under way. */
  @Nullable Pulling<K, R> pulling(long id) {
    return pulling != null && pulling.id() == id ? pulling : null;
  }

  LinkCodec<K, R> codec() {
    return codec;
  }

  /** A hash of the peer's name. */
  long nameHash() {
    return nameHash;
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

  /** Since when it is in the state that {@link #describe} tells. */
  long sinceNanos() {
    return sinceNanos;
  }

  void open(long nowNanos) {
    sinceNanos = nowNanos;
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
    awaited = old.awaited;
    serving = old.serving;
    waitsForHandlers = old.waitsForHandlers;
  }

  /** Whether it may not begin before the handlers of the peer's loss are done. */
  void waitsForHandlers(boolean waits) {
    waitsForHandlers = waits;
  }

  /** It says nothing before then, as its peer comes and goes. */
  void restUntil(long nanos) {
    restsUntilNanos = nanos;
  }

  boolean rests(long nowNanos) {
    return !helloSent && nowNanos < restsUntilNanos;
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

  /** Has what the other side held been taken here? From then on its stream has no hole here. */
  boolean isPulled() {
    return pulled;
  }

  void pulled() {
    pulled = true;
  }

  /**
   * Do this node's writes wait for the peer? From when it has pulled what was here; also if that
   * was over another link, as long as the connection is the same.
   */
  boolean isAwaited() {
    return awaited;
  }

  /** The peer has pulled what was here; writes after this stamp wait for it. */
  void peerPulled(long stamp) {
    peerPulled = true;
    awaited = true;
    awaitedAfter = stamp;
  }

  boolean isPeerPulled() {
    return peerPulled;
  }

  /** Since it has, after which stamp writes wait for it. */
  long awaitedAfter() {
    return awaitedAfter;
  }

  /** Is everything here that was complete at the peer? */
  boolean isJoined() {
    return joined;
  }

  void joined(long nowNanos) {
    joined = true;
    failures = 0;
    if (peerJoined) {
      sinceNanos = nowNanos;
    }
  }

  boolean isPeerJoined() {
    return peerJoined;
  }

  void peerJoined(long nowNanos) {
    if (joined && !peerJoined) {
      sinceNanos = nowNanos;
    }
    peerJoined = true;
  }

  /** Does each side hold what was complete at the other? */
  boolean isJoinedBothWays() {
    return joined && peerJoined;
  }

  /**
   * The peer told to which nodes it replicates the table, and this node knows its own: as hashes, 0
   * if that is about to change.
   */
  void nodes(long theirs, long mineHash, long nowNanos) {
    if (theirs == mineHash || theirs == 0 || mineHash == 0) {
      otherNodesSinceNanos = NOT;
    } else if (otherNodesSinceNanos == NOT) {
      otherNodesSinceNanos = nowNanos;
    }
  }

  /** Have they been others than this node's for so long? */
  boolean hasOtherNodesFor(long nanos, long nowNanos) {
    return otherNodesSinceNanos != NOT && nowNanos - otherNodesSinceNanos >= nanos;
  }

  /** Why the other side does not link, or null. */
  void refused(@Nullable String reason, long nowNanos) {
    if (!Objects.equals(refused, reason)) {
      sinceNanos = nowNanos;
    }
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

  /** The number of the last batch of writes that came over this link; 0 if none did. */
  long receivedBatch() {
    return receivedBatch;
  }

  void received(long batch, long stamp) {
    receivedBatch = Math.max(receivedBatch, batch);
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

  /** For the status. */
  LinkView view(long nowNanos, long otherNodesForNanos) {
    long[] unacknowledged = sending.unacknowledged();
    Pulling<K, R> under = pulling;
    return new LinkView(
        peer.name(),
        describe(),
        nowNanos - sinceNanos,
        (int) unacknowledged[0],
        unacknowledged[1],
        age(findings.comparedNanos(), nowNanos),
        age(findings.equalSinceNanos(), nowNanos),
        hasOtherNodesFor(otherNodesForNanos, nowNanos),
        under == null ? null : under.progress.view());
  }

  private static long age(long atNanos, long nowNanos) {
    return atNanos == Findings.NEVER ? Findings.NEVER : nowNanos - atNanos;
  }

  /** For a person. */
  String describe() {
    if (refused != null) {
      return refused;
    }
    if (waitsForHandlers) {
      return "waits for node-down handlers";
    }
    return isJoinedBothWays() ? Replication.JOINED : open ? "joining" : "linking";
  }
}
