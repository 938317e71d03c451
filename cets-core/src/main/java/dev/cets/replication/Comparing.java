package dev.cets.replication;

import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import java.util.List;

/**
 * Judges what a pull changed here. What a replica holds is a function of the writes that it has
 * taken in. So if this node had taken in all that the peer had when it read a part of its table,
 * that part must change nothing: if it does, the two had gone apart, and that is told. While writes
 * go on the digests of equal replicas differ for a moment, but a part waits until the streams have
 * brought what it shows, and then changes nothing.
 *
 * <p>Changes are to be expected where not everything comes by streams: in a pull that joins, or is
 * due to a loss; and after a disturbance, until the pair has compared once. A disturbance is that a
 * link of the table began or ended, as then a third node may have brought a part of what only the
 * end of its pull makes known; or that an incarnation was given up, as what it removed is still
 * removed where its writes had been taken in, and nobody remembers them. The peer has disturbances
 * of its own, of which this node may not know: it tells by its {@link #calm} that there were none
 * since the pull before, and in this one.
 */
final class Comparing<K, R> {
  private final Replication node;
  private final String table;
  private final Intake<K, R> intake;
  private final Links<K, R> links;
  private long mended;
  private long changed;

  Comparing(Replication node, String table, Intake<K, R> intake, Links<K, R> links) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.links = links;
  }

  /** How many versions of this table were mended since it was opened. */
  long mended() {
    return mended;
  }

  /** Must this part of what the peer holds change nothing? */
  boolean isKnown(Pulling<K, R> pulling, Context<K> context, List<Copy<K, R>> copies) {
    return pulling.isComparison()
        && pulling.disturbances() == disturbances()
        && intake.hasSeenAll(context)
        && copies.stream().allMatch(copy -> knows(context, copy));
  }

  private static <K, R> boolean knows(Context<K> context, Copy<K, R> copy) {
    for (CopiedVersion<R> version : copy.versions()) {
      if (!context.knows(copy.key(), version.origin(), version.stamp())) {
        return false;
      }
    }
    return true;
  }

  /** Have these two compared since the last disturbance? */
  boolean isUndisturbed(Link<K, R> link) {
    return link.isJoinedBothWays() && link.findings.disturbances() == disturbances();
  }

  /** How many there were. */
  long disturbances() {
    return links.changes() + node.gone().changes();
  }

  /**
   * A number that stands for what this node holds being all made known by what it has taken in: no
   * pull under way has changed something, and all joined peers have been compared with since the
   * last disturbance. Another number after each disturbance, and after each pull that has changed
   * something: it may have dropped what a third node had removed, by a write that only a stream
   * makes known here. 0 while it is not so.
   */
  long calm() {
    for (Link<K, R> link : links.all()) {
      Pulling<K, R> pulling = link.pulling;
      boolean counts = !link.isRefused();
      if (counts && (!isUndisturbed(link) || (pulling != null && pulling.changes() > 0))) {
        return 0;
      }
    }
    return disturbances() + changed + 1;
  }

  void ended(Link<K, R> link, Pulling<K, R> pulling) {
    if (pulling.changes() > 0) {
      changed++;
    }
    boolean peerWasCalm = pulling.calm() != 0 && pulling.calm() == link.findings.calm();
    boolean undisturbed = pulling.disturbances() == disturbances() && link.isJoinedBothWays();
    link.findings.ended(
        pulling.changes() > 0,
        undisturbed ? disturbances() : Findings.NEVER,
        pulling.calm(),
        node.now());
    if (pulling.mended() > 0 && peerWasCalm) {
      mended += pulling.mended();
      node.tell(new Event.Mended(table, link.peer().name(), pulling.mended()));
    }
  }
}
