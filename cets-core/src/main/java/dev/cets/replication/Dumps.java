package dev.cets.replication;

import dev.cets.replication.LinkMessage.Dumping;
import dev.cets.replication.LinkMessage.Dumping.Ask;
import dev.cets.replication.LinkMessage.Dumping.Done;
import dev.cets.replication.LinkMessage.Dumping.Part;
import dev.cets.replication.LinkMessage.Dumping.Refused;
import dev.cets.replication.LinkMessage.Dumping.Taken;
import org.jspecify.annotations.Nullable;

/** Dumps of one table over its links: those that this node asks for, and those that it answers. */
final class Dumps<K, R> {
  private final Replication node;
  private final AskedDumps<K, R> asked;
  private final ServedDumps<K, R> served;

  Dumps(Replication node, TableDefinition<K, R> definition, VersionStore<K, R> store) {
    this.node = node;
    this.asked = new AskedDumps<>();
    this.served = new ServedDumps<>(node, definition, store);
  }

  /**
   * Asks the peer of an open link for what its readers see.
   *
   * @param group only these keys; null: all
   */
  void ask(Link<K, R> link, @Nullable K group, long deadlineNanos, DumpCall<K, R> call) {
    asked.ask(link, group, node.now(), deadlineNanos, call);
  }

  void received(Link<K, R> link, Dumping<K, R> message) {
    switch (message) {
      case Ask<K, R> ask -> served.asked(link, ask);
      case Taken<K, R> taken -> served.taken(link, taken);
      case Part<K, R> part -> asked.part(link, part);
      case Done<K, R> done -> asked.done(link, done);
      case Refused<K, R> refused -> asked.refused(link, refused);
    }
  }

  /** There may be room on a link. */
  void pump() {
    served.pump();
  }

  /** Links may have closed. */
  void settle() {
    asked.settle();
    served.settle();
  }

  void tick(long nowNanos) {
    asked.tick(nowNanos);
    served.tick(nowNanos);
  }

  void close(String reason) {
    asked.close(reason);
  }
}
