package dev.cets.replication;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * This side's pull over a link: what came so far, and the newcomers, versions that came from
 * elsewhere since it began. Those that the peer knew when the pull began may be dead there although
 * no chunk said so, hence the peer is asked about them in the end.
 */
final class Pulling<K, R> {
  private final long id;
  private final long startNanos;
  private final boolean comparison;
  private final long disturbances;

  /** In a list, too, so that the first of many that are left is found at once. */
  private final Set<KeyVersion<K>> newcomers = new LinkedHashSet<>();

  private final Fetching<K, R> fetching;
  private @Nullable Context<K> base;
  private List<KeyVersion<K>> asked = List.of();
  private long parts;
  private long chunks;
  private long movedNanos;
  private boolean overtaken;
  private int changes;
  private int mended;
  private long calm;

  /** What has come of it, and how much is to come. */
  final Progress progress = new Progress();

  /**
   * A pull that begins now.
   *
   * @param comparison whether it is one of joined and undisturbed nodes
   * @param disturbances how many there had been by then, see {@link Comparing}
   */
  Pulling(long id, long nowNanos, Fetching<K, R> fetching, boolean comparison, long disturbances) {
    this.comparison = comparison;
    this.disturbances = disturbances;
    this.id = id;
    this.fetching = fetching;
    this.startNanos = nowNanos;
    this.movedNanos = nowNanos;
  }

  long id() {
    return id;
  }

  /** What it asks for in the end. */
  Fetching<K, R> fetching() {
    return fetching;
  }

  long startNanos() {
    return startNanos;
  }

  /** How many parts of the request were sent. */
  long parts() {
    return parts;
  }

  /** The number of the part that is sent now. */
  long nextPart() {
    return parts++;
  }

  boolean isComparison() {
    return comparison;
  }

  long disturbances() {
    return disturbances;
  }

  /**
   * A part changed so many versions here.
   *
   * @param known whether it should have changed none
   */
  void changed(int versions, boolean known) {
    changes += versions;
    mended += known ? versions : 0;
  }

  /** How many versions came or went here by this pull. */
  int changes() {
    return changes;
  }

  /** The calm of the other side, see {@link Comparing#calm}. */
  void calm(long ofThePeer) {
    calm = ofThePeer;
  }

  long calm() {
    return calm;
  }

  /** How many of them should not have, if the other side was calm. */
  int mended() {
    return mended;
  }

  void moved(long nowNanos) {
    movedNanos = nowNanos;
  }

  long movedNanos() {
    return movedNanos;
  }

  @Nullable Context<K> base() {
    return base;
  }

  /** From here on only newcomers that the peer knew are of interest, so they stay few. */
  void base(Context<K> context) {
    base = context;
    newcomers.removeIf(version -> !knows(context, version));
  }

  void newcomer(KeyVersion<K> version) {
    Context<K> known = base;
    if (known == null || knows(known, version)) {
      newcomers.add(version);
    }
  }

  /** Whether all is done but for the peer's stream, of which others have shown more already. */
  void overtaken(boolean waits) {
    overtaken = waits;
  }

  boolean isOvertaken() {
    return overtaken;
  }

  long chunks() {
    return chunks;
  }

  void chunkTaken() {
    chunks++;
  }

  /** The next few newcomers to ask about: one, and as many more as these limits let pass. */
  List<KeyVersion<K>> ask(
      Intake<K, R> intake, int most, ToIntFunction<K> keyBytes, long mostBytes) {
    Context<K> known = base;
    if (known == null) {
      return List.of();
    }
    List<KeyVersion<K>> next = new ArrayList<>();
    long bytes = 0;
    // Each is looked at once: of a table that two peers fill at a time, all may be newcomers.
    Iterator<KeyVersion<K>> left = newcomers.iterator();
    while (left.hasNext() && next.size() < most && bytes <= mostBytes) {
      KeyVersion<K> version = left.next();
      left.remove();
      if (knows(known, version) && intake.isLive(version)) {
        next.add(version);
        bytes += keyBytes.applyAsInt(version.key());
      }
    }
    asked = next;
    return asked;
  }

  /** Is a question about newcomers under way? */
  boolean isAsking() {
    return !asked.isEmpty();
  }

  /** The peer answered for these keys; the others will be asked about again. */
  void answered(Set<K> keys) {
    for (KeyVersion<K> version : asked) {
      if (!keys.contains(version.key())) {
        newcomers.add(version);
      }
    }
    asked = List.of();
  }

  private static <K> boolean knows(Context<K> context, KeyVersion<K> version) {
    return context.knows(version.key(), version.origin(), version.stamp());
  }
}
