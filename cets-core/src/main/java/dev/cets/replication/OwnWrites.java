package dev.cets.replication;

import dev.cets.replication.LocalWrite.Item;
import dev.cets.replication.Write.Change;
import dev.cets.spi.Transport;
import dev.cets.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The writes of this node to one table: each is stamped, taken in here, encoded once, and put into
 * the log from which links send.
 */
final class OwnWrites<K, R> {
  private static final int HEAD_BYTES = 32;
  private static final int CHANGE_BYTES = 32;
  private static final int REWRITTEN_AT_ONCE = 1000;

  /** What a frame holds besides its own head; names of replaced versions may well fill one. */
  private static final int MOST_BYTES = Transport.MAX_FRAME_BYTES - 64;

  private final Replication node;
  private final TableDefinition<K, R> definition;
  private final Intake<K, R> intake;
  private final WriteLog<K, R> log;
  private final Links<K, R> links;
  private long lastOwnStamp;

  OwnWrites(
      Replication node,
      TableDefinition<K, R> definition,
      Intake<K, R> intake,
      WriteLog<K, R> log,
      Links<K, R> links) {
    this.node = node;
    this.definition = definition;
    this.intake = intake;
    this.log = log;
    this.links = links;
  }

  /** Applies a caller's write; its call ends now if nobody else has to, or if it cannot be made. */
  void write(LocalWrite<K, R> write) {
    boolean insert = write.kind() == LocalWrite.Kind.INSERT;
    List<Change<K, R>> changes = new ArrayList<>(write.items().size());
    List<Item<K, R>> changing = insert ? write.items() : new ArrayList<>();
    try {
      for (Item<K, R> item : write.items()) {
        LiveVersions<K, R> live = intake.store().versions(item.key());
        if (concerns(write.kind(), item, live)) {
          changes.add(
              new Change<>(
                  item.key(), item.hash(), insert ? item.record() : null, replaced(live, insert)));
          if (!insert) {
            changing.add(item);
          }
        }
      }
    } catch (RuntimeException e) { // of the application's comparator or equals()
      write.call().ended(new Outcome.NotApplied("a key or record cannot be compared: " + e));
      write.call().released();
      return;
    }
    if (changes.isEmpty() && write.kind() != LocalWrite.Kind.BARRIER) {
      write.call().ended(Outcome.Applied.alone(node.self().name()));
      write.call().released();
      return;
    }
    apply(changes, changing, insert, write.deadlineNanos(), write.call());
  }

  /**
   * Applies a write of this node, and has it go out; unless no frame holds it. The two lists are
   * about the same keys.
   */
  private void apply(
      List<Change<K, R>> changes,
      List<Item<K, R>> items,
      boolean insert,
      long deadlineNanos,
      Call call) {
    long previous = lastOwnStamp;
    long stamp = node.clock().next();
    WireWriter bytes = new WireWriter(size(items, insert));
    WriteCodec.putHead(bytes, previous, stamp, changes.size());
    for (int i = 0; i < items.size(); i++) {
      Item<K, R> item = items.get(i);
      WriteCodec.putChange(
          bytes,
          item.keyBytes(),
          insert ? item.recordBytes() : null,
          changes.get(i).replaces(),
          node.self());
    }
    if (bytes.size() > MOST_BYTES) {
      call.ended(
          new Outcome.NotApplied(
              "a write of "
                  + changes.size()
                  + " keys has "
                  + bytes.size()
                  + " bytes with the versions that it replaces; "
                  + MOST_BYTES
                  + " are allowed in one write"));
      call.released();
      return;
    }
    intake.store().because(Cause.LOCAL);
    intake.takeIn(node.self(), new Write<>(previous, stamp, changes));
    lastOwnStamp = stamp; // not before: the next write names this one, so it has to go out
    if (node.witness().looks()) {
      node.witness().written(definition.name(), node.self(), stamp, seen(changes));
    }
    log.add(
        new WriteLog.Pending<>(
            stamp, bytes.toArray(), links.waits(), changes.size(), deadlineNanos, call));
    log.complete();
  }

  private static <K, R> int size(List<Item<K, R>> items, boolean insert) {
    int size = HEAD_BYTES;
    for (Item<K, R> item : items) {
      byte[] record = item.recordBytes();
      size +=
          CHANGE_BYTES + item.keyBytes().length + (insert && record != null ? record.length : 0);
    }
    return size;
  }

  private static <K, R> List<Witness.SeenChange> seen(List<Change<K, R>> changes) {
    return changes.stream()
        .map(
            change ->
                new Witness.SeenChange(
                    change.key(),
                    change.record(),
                    change.replaces().stream()
                        .map(old -> new Witness.SeenVersion(old.origin(), old.stamp()))
                        .toList()))
        .toList();
  }

  /** The stamp of the last write that was made. */
  long lastStamp() {
    return lastOwnStamp;
  }

  /** The peers whose acknowledgement any write waits for. */
  Set<String> notAnswered() {
    return log.missing();
  }

  /** Removes one version of a key, whatever else stands there. */
  void takeBack(Item<K, R> item, VersionId version, long deadlineNanos, Call call) {
    Change<K, R> removal = new Change<>(item.key(), item.hash(), null, List.of(version));
    apply(List.of(removal), List.of(item), false, deadlineNanos, call);
  }

  private boolean concerns(
      LocalWrite.Kind kind, Item<K, R> item, @Nullable LiveVersions<K, R> live) {
    return switch (kind) {
      case INSERT -> true;
      case BARRIER -> false;
      case DELETE -> live != null;
      case DELETE_OBJECT -> live != null && isVisible(item, live);
      case INSERT_NEW, INSERT_SERIAL, REPLACE ->
          throw new IllegalArgumentException("to be serialised first: " + kind);
    };
  }

  /** Is this the record that readers see? By equals, or by content where arrays are in it. */
  boolean isVisible(Item<K, R> item, LiveVersions<K, R> live) {
    R shown = live.visible();
    return shown != null
        && (shown.equals(item.record())
            || Arrays.equals(definition.recordCodec().encode(shown), item.recordBytes()));
  }

  /** An insert into a bag leaves other nodes' versions of the record: it stays theirs as well. */
  private List<VersionId> replaced(@Nullable LiveVersions<K, R> live, boolean insert) {
    List<VersionId> names = names(live);
    return insert && definition.isBag() && node.rules().keep(Rule.LEAVE_OTHERS_THEIR_RECORDS)
        ? names.stream().filter(name -> name.origin().equals(node.self())).toList()
        : names;
  }

  private static <K, R> List<VersionId> names(@Nullable LiveVersions<K, R> live) {
    if (live == null) {
      return List.of();
    }
    if (live.count() == 1) {
      return List.of(name(live.version(0)));
    }
    List<VersionId> names = new ArrayList<>(live.count());
    for (int i = 0; i < live.count(); i++) {
      names.add(name(live.version(i)));
    }
    return names;
  }

  private static VersionId name(Version<?> version) {
    return new VersionId(version.origin().incarnation(), version.stamp());
  }

  /**
   * The node goes on under a new incarnation: records that would go with the old one are written
   * anew, before it is given up.
   */
  void reincarnate(Incarnation before) {
    lastOwnStamp = 0;
    if (definition.keep()) {
      return;
    }
    Origin old = intake.origin(before);
    List<LiveVersions<K, R>> all = new ArrayList<>();
    intake.store().forEach(all::add);
    List<Change<K, R>> changes = new ArrayList<>();
    List<Item<K, R>> items = new ArrayList<>();
    long gatheredBytes = 0;
    for (LiveVersions<K, R> live : all) {
      for (int i = 0; i < live.count(); i++) {
        Version<R> version = live.version(i);
        if (version.origin() == old) {
          R record = Objects.requireNonNull(version.record()); // nobody lets go of his own
          changes.add(new Change<>(live.key(), live.hash(), record, List.of(name(version))));
          byte[] bytes = definition.recordCodec().encode(record);
          byte[] key = definition.keyCodec().encode(live.key());
          items.add(new Item<>(live.key(), live.hash(), key, record, bytes));
          gatheredBytes += key.length + bytes.length;
        }
      }
      if (changes.size() >= REWRITTEN_AT_ONCE
          || gatheredBytes >= node.settings().maxRecordBytes()) {
        gatheredBytes = 0;
        apply(changes, items, true, Long.MAX_VALUE, Call.NONE);
        changes = new ArrayList<>();
        items = new ArrayList<>();
      }
    }
    if (!changes.isEmpty()) {
      apply(changes, items, true, Long.MAX_VALUE, Call.NONE);
    }
  }
}
