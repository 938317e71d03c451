package dev.cets.testkit.scale;

import java.nio.ByteBuffer;

/** The frames that the nodes of a cluster received, by the kind of their messages. */
final class Traffic {
  // Kinds are never used again for something else.
  static final int BEAT = 4;
  static final int WRITES = 16;
  static final int ACK = 17;
  static final int BASE = 21;
  static final int CHUNK = 22;

  private static final int KINDS = 256;
  private static final int KIND_AT = 1;

  private final long[] frames = new long[KINDS];
  private final long[] bytes = new long[KINDS];

  void received(ByteBuffer frame) {
    int kind = frame.get(frame.position() + KIND_AT) & 0xff;
    frames[kind]++;
    bytes[kind] += frame.remaining();
  }

  long frames(int kind) {
    return frames[kind];
  }

  long bytes(int kind) {
    return bytes[kind];
  }

  /** Of all kinds. */
  long frames() {
    return sum(frames);
  }

  /** Of all kinds. */
  long bytes() {
    return sum(bytes);
  }

  /** What came since an earlier moment. */
  Traffic since(Traffic earlier) {
    Traffic more = new Traffic();
    for (int kind = 0; kind < KINDS; kind++) {
      more.frames[kind] = frames[kind] - earlier.frames[kind];
      more.bytes[kind] = bytes[kind] - earlier.bytes[kind];
    }
    return more;
  }

  Traffic now() {
    return since(new Traffic());
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
