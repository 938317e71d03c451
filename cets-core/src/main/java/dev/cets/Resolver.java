package dev.cets;

import java.util.List;

/**
 * Decides what readers see of a key that was written on several nodes without knowing of each
 * other, such as on both sides of a split. Replicas hold all of these versions and are equal
 * whatever a resolver does; the next write of the key replaces them.
 *
 * <p>MUST be a pure function of its argument, fast and without side effects: it may be called by
 * any thread that reads, and by the node's own. A node calls it once for each set of versions that
 * its readers could see, so the versions of nodes that are down are left out.
 */
@FunctionalInterface
public interface Resolver<R> {
  /**
   * The record to be seen: one of these, or another one of the same key. If it throws, or answers
   * another key, that is logged and counted, and the latest is seen.
   *
   * @param records two or more of one key, the latest last, in the same order on all nodes; cannot
   *     be changed
   */
  R resolve(List<R> records);
}
