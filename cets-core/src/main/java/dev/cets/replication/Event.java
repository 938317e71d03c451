package dev.cets.replication;

import java.util.List;

/** What happened, for logs, counters and whoever waits for a state. */
public sealed interface Event {
  /**
   * A node was accepted.
   *
   * @param downNanos how long it had been down; -1 if it was never up here
   */
  record NodeUp(String node, String incarnation, long downNanos) implements Event {}

  /**
   * A node that was accepted is down.
   *
   * @param upNanos how long it had been up
   */
  record NodeDown(String node, String reason, long upNanos) implements Event {}

  /** A node cannot be accepted. */
  record NodeRefused(String node, String reason) implements Event {}

  /**
   * All that the peer has of a table is here.
   *
   * @param records how many the table has now
   * @param brought how many of them the peer sent
   * @param bytes how many bytes of its table the peer sent
   */
  record Joined(String table, String node, int records, long brought, long bytes, long nanos)
      implements Event {}

  /** A pull of what the peer holds begins. */
  record PullBegun(String table, String node) implements Event {}

  /**
   * A pull that began has ended.
   *
   * @param comparison whether it was one of nodes that were joined and undisturbed
   * @param complete whether all came; otherwise its link ended first
   * @param records how many the peer sent
   * @param bytes how many bytes of its table the peer sent
   * @param changes how many versions came or went here
   */
  record PullEnded(
      String table,
      String node,
      boolean comparison,
      boolean complete,
      long records,
      long bytes,
      int changes)
      implements Event {}

  /**
   * A comparison with a joined peer found versions here that should not have differed, and made
   * them equal. A defect, or memory that is broken.
   */
  record Mended(String table, String node, int versions) implements Event {}

  /** A link begins anew. */
  record LinkedAgain(String table, String node, String reason) implements Event {}

  /** A table of this name there is not what it is here. */
  record Mismatch(String table, String node, String reason) implements Event {}

  /** A frame that is not what it should be; it was dropped. */
  record FrameRefused(String node, String reason) implements Event {}

  /** A node that was asked to serialise a write does not lead the table; another is asked. */
  record NotLeading(String table, String node) implements Event {}

  /** A message of a link that is no more; it was dropped, and the sender told. */
  record StaleRefused(String node) implements Event {}

  /**
   * A key has versions that were written without knowing of each other.
   *
   * @param latestFirst all of them whose records are here, hidden ones included
   */
  record Conflict(String table, Object key, List<? extends Version<?>> latestFirst)
      implements Event {}

  /** The application's resolver gave no record of the key; the latest one is shown. */
  record ResolverFailed(String table, Object key, String problem) implements Event {}

  /**
   * The records of a node that has been away for longer than the table's retention were let go of.
   *
   * @param versions how many of its versions are held by key and stamp alone
   */
  record LetGo(String table, String incarnation, int versions) implements Event {}

  /** This node goes on as a new incarnation. */
  record Reincarnated(String incarnation, String reason) implements Event {}

  /** A newer run of this node's name lives: this one has to end. */
  record Replaced(String by) implements Event {}

  /** An operator said that a node will not come back. */
  record Forgotten(String node) implements Event {}

  /** A table lost a peer that it was linked with; whether this node leads the table now. */
  record PeerLost(String table, String node, boolean leads) implements Event {}

  /** Node-down handlers take too long: the node may be linked again before they are done. */
  record HandlersLate(String table, String node) implements Event {}

  /** A pause of a table's writes was not ended by who wanted it. */
  record PauseOver(String table, String holder, String reason) implements Event {}

  /**
   * A task takes long; told again at each interval.
   *
   * @param nanos how long it has taken so far
   */
  record TaskLate(String task, String waitsFor, long nanos) implements Event {}

  /** A task that took long is done. */
  record TaskDone(String task, long nanos) implements Event {}

  /**
   * A node of this node's name was in the cluster first, and lives: this one is not let in.
   *
   * @param address where that one is
   */
  record NameTaken(String address) implements Event {}

  /** Something failed that must not; told so that it is found. */
  record Defect(String where, Throwable error) implements Event {}
}
