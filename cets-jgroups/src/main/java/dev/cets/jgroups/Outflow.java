package dev.cets.jgroups;

import dev.cets.jgroups.Packet.Taken;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The frames of one connection on their way out: a stream of lengths and bytes, cut into pieces,
 * and no more pieces under way than the peer has promised to take. JGroups' own flow control is
 * passed by, since it makes the sender wait. On the loop only.
 */
final class Outflow {
  /** Less than what fragmentation protocols let through whole (60,000 bytes unless configured). */
  static final int MAX_PIECE_BYTES = 48 * 1024;

  /** So much may be under way: sent, and not taken by the peer's loop yet. */
  static final int MAX_IN_FLIGHT_BYTES = 2 * 1024 * 1024;

  /** So many pieces may be under way, as small ones cost memory, too. */
  static final int MAX_IN_FLIGHT_PIECES = 256;

  /** So much may wait for one peer; a sender that ignores {@code writable} loses the peer. */
  static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;

  /** No room from here on, and room again when less than {@link #WRITABLE_BYTES} wait. */
  static final int UNWRITABLE_BYTES = 1024 * 1024;

  static final int WRITABLE_BYTES = 256 * 1024;

  private static final int LENGTH_BYTES = Integer.BYTES;

  private final Queue<ByteBuffer> frames = new ArrayDeque<>();

  /** How much of the first frame has been cut off, its length field included. */
  private int headDone;

  private long waitingBytes;
  private boolean writable = true;
  private long sentPieces;
  private long sentBytes;
  private Taken taken = Taken.NOTHING;
  private long seenSent;
  private long seenTaken;

  /** Takes a frame, unless too much waits already. */
  boolean put(ByteBuffer frame) {
    long needed = LENGTH_BYTES + (long) frame.remaining();
    if (waitingBytes + needed > MAX_WAITING_BYTES) {
      return false;
    }
    frames.add(frame.slice());
    waitingBytes += needed;
    if (waitingBytes >= UNWRITABLE_BYTES) {
      writable = false;
    }
    return true;
  }

  boolean writable() {
    return writable;
  }

  /** Is there room again where there was none? True once for each time. */
  boolean becameWritable() {
    if (!writable && waitingBytes <= WRITABLE_BYTES) {
      writable = true;
      return true;
    }
    return false;
  }

  boolean isEmpty() {
    return waitingBytes == 0;
  }

  void drop() {
    frames.clear();
    headDone = 0;
    waitingBytes = 0;
  }

  /** The number of the last piece that was cut. */
  long sentPieces() {
    return sentPieces;
  }

  /** The peer has taken so much; what is less than what it said before came late. */
  void taken(Taken now) {
    if (now.pieces() > taken.pieces() && now.pieces() <= sentPieces && now.bytes() <= sentBytes) {
      taken = now;
    }
  }

  /** Does so much wait that more would not make the next piece larger? */
  boolean hasFullPiece() {
    return waitingBytes >= MAX_PIECE_BYTES;
  }

  /** Is it the same as at the last look, and something under way? */
  boolean isStuck() {
    boolean unchanged = sentPieces == seenSent && taken.pieces() == seenTaken;
    seenSent = sentPieces;
    seenTaken = taken.pieces();
    return unchanged && sentPieces > taken.pieces();
  }

  boolean mayCut() {
    return waitingBytes > 0
        && sentPieces - taken.pieces() < MAX_IN_FLIGHT_PIECES
        && sentBytes - taken.bytes() < MAX_IN_FLIGHT_BYTES;
  }

  /** Cuts the next piece and makes a message of it. */
  byte[] cut(long mine, long yours, Taken takenHere) {
    int size = (int) Math.min(MAX_PIECE_BYTES, waitingBytes);
    sentPieces++;
    sentBytes += size;
    waitingBytes -= size;
    byte[] message = new byte[Packet.DATA_HEADER_BYTES + size];
    ByteBuffer piece = ByteBuffer.wrap(message);
    Packet.putDataHeader(piece, mine, yours, sentPieces, takenHere);
    while (piece.hasRemaining()) {
      fillFrom(frames.element(), piece);
    }
    return message;
  }

  private void fillFrom(ByteBuffer frame, ByteBuffer piece) {
    int length = frame.limit();
    for (; headDone < LENGTH_BYTES && piece.hasRemaining(); headDone++) {
      piece.put((byte) (length >>> (8 * (LENGTH_BYTES - 1 - headDone))));
    }
    if (headDone < LENGTH_BYTES) {
      return;
    }
    int from = headDone - LENGTH_BYTES;
    int count = Math.min(piece.remaining(), length - from);
    piece.put(piece.position(), frame, from, count).position(piece.position() + count);
    headDone += count;
    if (headDone == LENGTH_BYTES + length) {
      frames.remove();
      headDone = 0;
    }
  }
}
