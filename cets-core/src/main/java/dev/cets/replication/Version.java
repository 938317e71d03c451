package dev.cets.replication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A record with who wrote it and when. A bare one is known by these alone: its owner has been away
 * for so long that the record itself was let go of here.
 *
 * <p>Never changed, unless a store keeps it as its one version of a key: then its owner's next
 * write may be put in its place, see {@link VersionStore#set}. Any thread may read the origin and
 * the record, which is always one that this origin wrote; the stamp is for the writing thread.
 */
public class Version<R> {
  private static final VarHandle RECORD = recordHandle();

  private final Origin origin;

  @SuppressWarnings("UnusedVariable") // read by its handle
  private @Nullable R record;

  private long stamp;

  /** A record of this origin and stamp; null: a bare version. */
  public Version(Origin origin, long stamp, @Nullable R record) {
    this.origin = origin;
    this.stamp = stamp;
    this.record = record;
  }

  private static VarHandle recordHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Version.class, "record", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Another write of the same origin is in its place from now on. */
  protected final void overwrite(long newStamp, R newRecord) {
    stamp = newStamp;
    RECORD.setRelease(this, newRecord);
  }

  /** Whose write it is. */
  public final Origin origin() {
    return origin;
  }

  /** The stamp of that write. */
  public final long stamp() {
    return stamp;
  }

  /** When, by its origin's clock; in milliseconds since 1970. */
  public final long wallMillis() {
    return HybridClock.millis(stamp);
  }

  /** The record itself; null if the version is bare. */
  @SuppressWarnings("unchecked")
  public final @Nullable R record() {
    return (R) RECORD.getAcquire(this);
  }

  /** Is its record not here? Then it is never shown, whoever its owner is. */
  public final boolean isBare() {
    return record() == null;
  }

  /** The same without its record. */
  final Version<R> bare() {
    return new Version<>(origin, stamp, null);
  }

  final boolean is(Origin otherOrigin, long otherStamp) {
    return stamp == otherStamp && origin == otherOrigin;
  }

  /** The record if it is here, and its owner one whose records are shown now. */
  public final @Nullable R shown() {
    return origin.visible() ? record() : null;
  }

  @Override
  public String toString() {
    return record() + "@" + origin + "/" + stamp;
  }
}
