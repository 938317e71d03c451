package dev.cets.bench.member;

import java.io.IOException;
import java.util.List;

/** One member of a cluster of one system. Used by one thread; several may live in one JVM. */
public interface SystemUnderTest extends AutoCloseable {
  /**
   * Becomes a member, and waits until it is connected with as many others as the cluster has. No
   * table is open yet.
   *
   * @param index which of the ports is its own, from 0
   * @param ports where the members are on loopback, those that are still to come included
   * @param members how many there are when this one has come
   */
  void connect(int index, List<Integer> ports, int members) throws IOException;

  /** Opens the table, and returns when it holds what the cluster holds. */
  ReplicatedTable open(TableKind kind) throws IOException;

  /** Leaves. */
  @Override
  void close() throws IOException;
}
