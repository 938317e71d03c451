package dev.cets.server.daemon;

import dev.cets.CetsNode;
import dev.cets.micrometer.CetsMeters;
import dev.cets.server.http.HttpInterface;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The figures of a daemon: those of its node, of HTTP, and of the JVM, as far as they tell load.
 */
final class DaemonMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CetsMeters meters;
  private final JvmGcMetrics collections = new JvmGcMetrics();

  DaemonMetrics(CetsNode node, HttpInterface http) {
    meters = new CetsMeters(node);
    meters.bindTo(registry);
    FunctionCounter.builder("cets.refused.requests", http, HttpInterface::refusedRequests)
        .description("HTTP requests that were refused for who sent them, or how")
        .tags("cluster", node.status().cluster(), "node", node.name())
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** In the text format of Prometheus. */
  String text() {
    meters.refresh();
    return registry.scrape();
  }

  @Override
  public void close() {
    meters.close();
    collections.close();
    registry.close();
  }
}
