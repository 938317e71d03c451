package dev.cets.bench.suite;

import dev.cets.bench.report.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The clusters of a suite, one for each system; closes all of them. */
final class Clusters implements AutoCloseable {
  private final List<Cluster> open = new ArrayList<>();

  private Clusters() {}

  interface Opening {
    Cluster of(Kind kind);
  }

  /** Opens all at a time: most of it is waiting. Where one does not open, these cells say why. */
  static Clusters open(Run run, List<Metric> metrics, Opening opening) {
    Map<Kind, CompletableFuture<Cluster>> begun = new EnumMap<>(Kind.class);
    for (Kind kind : run.kinds()) {
      begun.put(
          kind, CompletableFuture.supplyAsync(() -> opening.of(kind), Thread::startVirtualThread));
    }
    Clusters clusters = new Clusters();
    begun.forEach(
        (kind, cluster) -> run.tried(kind, metrics, () -> clusters.open.add(opened(cluster))));
    return clusters;
  }

  private static Cluster opened(CompletableFuture<Cluster> cluster) {
    try {
      return cluster.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ChildException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Those that did open, and have not been given up. */
  List<Cluster> list() {
    return List.copyOf(open);
  }

  /** One that failed is in no state that is known. */
  void giveUp(Cluster cluster) {
    cluster.close();
    open.remove(cluster);
  }

  @Override
  public void close() {
    open.forEach(Cluster::close);
  }
}
