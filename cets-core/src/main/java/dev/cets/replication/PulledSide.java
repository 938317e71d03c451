package dev.cets.replication;

import dev.cets.replication.LinkMessage.ChunkTaken;
import dev.cets.replication.LinkMessage.Confirm;
import dev.cets.replication.LinkMessage.Confirmed;
import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.replication.LinkMessage.Fetch;
import dev.cets.replication.LinkMessage.Fetched;
import dev.cets.replication.LinkMessage.Pull;
import dev.cets.spi.Codec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers the pulls of peers, see {@link Transfers}: the chunks of one pull are cut by {@link
 * Serving}, questions about versions are answered at once.
 */
final class PulledSide<K, R> {
  private final Replication node;
  private final TableReplica<K, R> table;
  private final Intake<K, R> intake;
  private final Comparing<K, R> comparing;
  private final Codec<K> keys;
  private final Codec<R> records;

  PulledSide(
      Replication node,
      TableReplica<K, R> table,
      Intake<K, R> intake,
      Comparing<K, R> comparing,
      TableDefinition<K, R> definition) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.comparing = comparing;
    this.keys = definition.keyCodec();
    this.records = definition.recordCodec();
  }

  /** A part of a pull: the digests of some buckets. */
  void asked(Link<K, R> link, Pull<K, R> part) {
    node.retire(part.gone());
    if (link.closed()) {
      return; // what was learned closed this very link
    }
    Serving<K, R> serving = link.serving;
    if (serving == null || serving.id() < part.id()) {
      serving =
          new Serving<>(
              part,
              keys,
              records,
              intake,
              node.settings(),
              node.gone()::snapshot,
              comparing::calm,
              node.rules());
      link.serving = serving;
      serving.begin(link);
    }
    if (part.id() != serving.id() || part.number() < serving.nextPart()) {
      return; // it came twice
    }
    if (part.number() > serving.nextPart()) {
      table.linkAgain(link, "a part of a pull was lost");
      return;
    }
    serving.asked(link, part);
    serving.pump(link);
  }

  void taken(Link<K, R> link, ChunkTaken<K, R> taken) {
    Serving<K, R> serving = link.serving;
    if (serving != null && serving.id() == taken.id()) {
      if (serving.taken(taken)) {
        serving.pump(link);
      } else {
        table.linkAgain(link, "the answer to a chunk was lost");
      }
    }
  }

  void confirm(Link<K, R> link, Confirm<K, R> confirm) {
    Set<KeyVersion<K>> known = new HashSet<>(confirm.versions());
    link.send(
        new Confirmed<>(
            confirm.id(),
            copies(confirm.versions(), known),
            intake.context(),
            node.gone().snapshot()));
  }

  void fetch(Link<K, R> link, Fetch<K, R> fetch) {
    link.send(
        new Fetched<>(
            fetch.id(),
            copies(fetch.versions(), Set.of()),
            intake.context(),
            node.gone().snapshot()));
  }

  /** Of the keys of these versions; of as many as fit into a chunk, the first ones. */
  private List<Copy<K, R>> copies(List<KeyVersion<K>> versions, Set<KeyVersion<K>> known) {
    Map<K, Copy<K, R>> copies = new LinkedHashMap<>();
    long bytes = 0;
    for (KeyVersion<K> asked : versions) {
      if (bytes < node.settings().chunkBytes() && !copies.containsKey(asked.key())) {
        Copy<K, R> copy = copy(asked.key(), asked.hash(), known);
        copies.put(asked.key(), copy);
        bytes += copy.size();
      }
    }
    return new ArrayList<>(copies.values());
  }

  private Copy<K, R> copy(K key, long hash, Set<KeyVersion<K>> known) {
    LiveVersions<K, R> live = intake.store().versions(key);
    List<CopiedVersion<R>> versions = new ArrayList<>();
    for (int i = 0; live != null && i < live.count(); i++) {
      Version<R> version = live.version(i);
      if (version.isBare() && !node.rules().keep(Rule.TELL_BARE_TOO)) {
        continue;
      }
      Incarnation origin = version.origin().incarnation();
      boolean has = known.contains(new KeyVersion<>(key, hash, origin, version.stamp()));
      versions.add(has ? CopiedVersion.named(version) : CopiedVersion.whole(version, records));
    }
    return new Copy<>(key, keys.encode(key), hash, versions);
  }

  /** Sends of what was asked for as much as may be on its way. */
  void pump(Link<K, R> link) {
    Serving<K, R> serving = link.serving;
    if (serving != null && link.isOpen()) {
      serving.pump(link);
    }
  }
}
