package dev.cets.micrometer;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The meters of a node: its writes and how long they take, its view of the cluster, its tables and
 * their links. docs/operations.md lists their names, units and what to alert on.
 *
 * <pre>{@code
 * CetsMeters meters = new CetsMeters(node);
 * meters.bindTo(registry);
 * }</pre>
 *
 * <p>Gauges and counters tell what the node knew when it was last looked at, once a second at most
 * however many are read, and not while none is. A table or node that is new has its meters from the
 * first look on; so they are in the reading after that, unless {@link #refresh} is called before.
 * Those of a table that was closed, or a link that is no more, are removed by it. Of a node that is
 * closed, or does not answer, gauges are NaN but {@code cets.node.up}, which is 0, and counters
 * stand still.
 *
 * <p>Every meter has the tags {@code cluster} and {@code node}. Safe for use by many threads.
 */
public final class CetsMeters implements MeterBinder, AutoCloseable {
  private final CetsNode node;
  private final Tags tags;
  private final List<Binding> bindings = new CopyOnWriteArrayList<>();

  /** Of this node. */
  public CetsMeters(CetsNode node) {
    this(node, Tags.empty());
  }

  /** Of this node; every meter has these tags as well. */
  public CetsMeters(CetsNode node, Iterable<Tag> tags) {
    this.node = node;
    this.tags = Tags.of(tags);
  }

  /**
   * Registers the meters; from here on they count writes. Blocks until the node has answered.
   *
   * @throws CetsException if the node is closed, or does not answer
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    bindings.add(Binding.start(node, tags, registry));
  }

  /**
   * Looks at the node now, unless it did within the last second, and registers what is new. Blocks
   * until the node has answered; for 5 s if it does not.
   */
  public void refresh() {
    bindings.forEach(Binding::refresh);
  }

  /** Removes all of its meters from the registries. Harmless when repeated. */
  @Override
  public void close() {
    for (Binding binding : bindings) {
      binding.close();
    }
    bindings.clear();
  }
}
