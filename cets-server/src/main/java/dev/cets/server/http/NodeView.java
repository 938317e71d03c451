package dev.cets.server.http;

import dev.cets.ClusterStatus;
import dev.cets.NodeStatus;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/** A node as the HTTP interface needs it. */
public interface NodeView {
  /** What it knows of the cluster. */
  NodeStatus status();

  /** The number that discovery has given it; none before, and when it may be another's. */
  OptionalInt number();

  /** Its tables by name. */
  SortedMap<String, RecordTable> tables();

  /** What every node of it knows; waits for so long at most. */
  ClusterStatus clusterStatus(Duration deadline);

  /** What has happened to its tables. */
  History history();

  /**
   * What keeps it from being ready, one sentence each; empty if it is ready. Once it was, it stays
   * so while it takes part, whatever becomes of others. Does not wait.
   */
  List<String> notReady();

  /**
   * Its figures in the text format of Prometheus. Waits for the node, for 5 s if it does not
   * answer.
   */
  String metrics();

  /** Why it is to be held for dead, one sentence each; empty if it lives. */
  List<String> notAlive();
}
