package dev.cets.server.http;

import dev.cets.NodeStatus;
import java.util.List;
import java.util.SortedMap;

/** A node as the HTTP interface needs it. */
public interface NodeView {
  /** What it knows of the cluster. */
  NodeStatus status();

  /** Its tables by name. */
  SortedMap<String, RecordTable> tables();

  /** What keeps it from being ready, one sentence each; empty if it is ready. Does not wait. */
  List<String> notReady();
}
