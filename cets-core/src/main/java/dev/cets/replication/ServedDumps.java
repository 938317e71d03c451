package dev.cets.replication;

import dev.cets.replication.LinkMessage.Dumping.Ask;
import dev.cets.replication.LinkMessage.Dumping.Done;
import dev.cets.replication.LinkMessage.Dumping.Part;
import dev.cets.replication.LinkMessage.Dumping.Refused;
import dev.cets.replication.LinkMessage.Dumping.Row;
import dev.cets.replication.LinkMessage.Dumping.Taken;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows peers what readers of this node see, part by part, a few on their way at once. The walk
 * over the store goes on from one part to the next while writes do, as a reader's stream would.
 */
final class ServedDumps<K, R> {
  /** A part ends after so many, so that a walk over hidden ones does not hold up the loop. */
  private static final int KEYS_LOOKED_AT = 4096;

  private static final class Served<K, R> {
    final Link<K, R> link;
    final long id;
    final Iterator<LiveVersions<K, R>> rest;
    final long expiresNanos;
    long parts;
    int inFlight;

    Served(Link<K, R> link, long id, Iterator<LiveVersions<K, R>> rest, long expiresNanos) {
      this.link = link;
      this.id = id;
      this.rest = rest;
      this.expiresNanos = expiresNanos;
    }
  }

  private final Replication node;
  private final TableDefinition<K, R> definition;
  private final VersionStore<K, R> store;
  private final List<Served<K, R>> served = new ArrayList<>();

  ServedDumps(Replication node, TableDefinition<K, R> definition, VersionStore<K, R> store) {
    this.node = node;
    this.definition = definition;
    this.store = store;
  }

  void asked(Link<K, R> link, Ask<K, R> ask) {
    if (of(link, ask.id()) != null) {
      return;
    }
    int most = node.settings().maxDumps();
    if (served.size() >= most) {
      String reason = "it answers " + most + " dumps of table " + definition.name();
      link.send(new Refused<>(ask.id(), reason + " already, the most at once"));
      return;
    }
    long expires = node.now() + Math.min(ask.forNanos(), Durations.LONGEST_NANOS);
    K group = ask.group();
    Iterator<LiveVersions<K, R>> walk = group == null ? store.walk() : store.walk(group);
    served.add(new Served<>(link, ask.id(), walk, expires));
    pump();
  }

  void taken(Link<K, R> link, Taken<K, R> taken) {
    Served<K, R> dump = of(link, taken.id());
    if (dump != null) {
      dump.inFlight = Math.max(0, dump.inFlight - 1);
      pump();
    }
  }

  private @Nullable Served<K, R> of(Link<K, R> link, long id) {
    for (Served<K, R> dump : served) {
      if (dump.link == link && dump.id == id) {
        return dump;
      }
    }
    return null;
  }

  /** Sends what may be sent now. */
  void pump() {
    served.removeIf(this::pumped);
  }

  /** Sends what may be sent now of one; says whether that was all. */
  private boolean pumped(Served<K, R> dump) {
    while (dump.link.isOpen()
        && dump.inFlight < node.settings().chunksInFlight()
        && dump.link.peer().connection().writable()) {
      if (!dump.rest.hasNext()) {
        dump.link.send(new Done<>(dump.id, dump.parts));
        return true;
      }
      dump.inFlight++;
      dump.link.send(new Part<>(dump.id, ++dump.parts, rows(dump.rest)));
    }
    return false;
  }

  private List<Row<K, R>> rows(Iterator<LiveVersions<K, R>> rest) {
    List<Row<K, R>> rows = new ArrayList<>();
    long left = node.settings().chunkBytes();
    for (int looked = 0; looked < KEYS_LOOKED_AT && left > 0 && rest.hasNext(); looked++) {
      LiveVersions<K, R> live = rest.next();
      R record = live.visible();
      if (record != null) {
        Row<K, R> row = Row.encoded(live.key(), record, definition);
        left -= row.size();
        rows.add(row);
      }
    }
    return rows;
  }

  void settle() {
    served.removeIf(dump -> dump.link.closed());
  }

  void tick(long nowNanos) {
    served.removeIf(dump -> dump.link.closed() || dump.expiresNanos <= nowNanos);
    pump();
  }
}
