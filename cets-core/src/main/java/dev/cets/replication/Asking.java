package dev.cets.replication;

import dev.cets.replication.LinkMessage.Confirm;
import dev.cets.replication.LinkMessage.Differing;
import dev.cets.replication.LinkMessage.Fetch;
import dev.cets.replication.LinkMessage.Pull;
import dev.cets.spi.Codec;
import java.util.List;
import java.util.Map;

/**
 * What a pull asks the peer for, see {@link Transfers}: at first what differs, in the end about
 * newcomers and for records that were let go of. {@link Taking} takes the answers.
 */
final class Asking<K, R> {
  private static final int DIGESTS_PER_PART = 4096;
  private static final int ASKED_AT_ONCE = 1000;

  private final Replication node;
  private final TableReplica<K, R> table;
  private final Intake<K, R> intake;
  private final Codec<K> keys;

  Asking(Replication node, TableReplica<K, R> table, Intake<K, R> intake, Codec<K> keys) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.keys = keys;
  }

  /** The peer has compared the first digests: sends those of smaller buckets. */
  void differing(Link<K, R> link, Differing<K, R> differing) {
    Pulling<K, R> pulling = link.pulling(differing.id());
    if (pulling == null || pulling.parts() != 1) {
      return; // it came twice
    }
    pulling.moved(node.now());
    List<HashRange> ranges = differing.ranges();
    for (int i = 0; i < ranges.size(); i++) {
      boolean last = i == ranges.size() - 1;
      sendDigests(link, pulling, intake.store().bits(), ranges.get(i), last);
    }
  }

  /**
   * Sends the digests of the buckets in a range, in parts.
   *
   * @param last whether the request ends with them
   */
  void sendDigests(
      Link<K, R> link, Pulling<K, R> pulling, int bits, HashRange range, boolean last) {
    int end = HashRange.bucket(bits, range.to()) + 1;
    for (int first = HashRange.bucket(bits, range.from()); first < end; ) {
      int count = Math.min(DIGESTS_PER_PART, end - first);
      long number = pulling.nextPart();
      link.send(
          new Pull<>(
              pulling.id(),
              number,
              bits,
              first,
              intake.store().digests(bits, first, count),
              last && first + count == end,
              number == 0 ? intake.context().seen() : Map.of(),
              node.gone().snapshot()));
      first += count;
    }
  }

  /** Asks about newcomers, if there are any. */
  boolean confirms(Link<K, R> link, Pulling<K, R> pulling) {
    if (!node.rules().keep(Rule.CONFIRM_NEWCOMERS)) {
      return false;
    }
    List<KeyVersion<K>> doubtful =
        pulling.ask(intake, ASKED_AT_ONCE, this::keyBytes, node.settings().chunkBytes());
    if (!doubtful.isEmpty()) {
      link.send(new Confirm<>(pulling.id(), doubtful));
    }
    return !doubtful.isEmpty();
  }

  /** Asks for records that were let go of, or waits for them, until all are here. */
  boolean fetches(Link<K, R> link, Pulling<K, R> pulling) {
    Fetching<K, R> fetching = pulling.fetching();
    if (fetching.isDone() || !node.rules().keep(Rule.SHOW_ONLY_WITH_RECORDS)) {
      return false;
    }
    while (fetching.questions() < node.settings().chunksInFlight()) {
      List<KeyVersion<K>> next = fetching.next(this::keyBytes, node.settings().chunkBytes());
      if (next == null) {
        break;
      }
      link.send(new Fetch<>(pulling.id(), next));
    }
    if (fetching.questions() == 0) {
      table.linkAgain(link, "records of its own are missing there");
    }
    return true;
  }

  private int keyBytes(K key) {
    return keys.encode(key).length;
  }
}
