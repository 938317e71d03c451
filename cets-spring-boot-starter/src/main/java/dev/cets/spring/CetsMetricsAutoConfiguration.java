package dev.cets.spring;

import dev.cets.CetsNode;
import dev.cets.micrometer.CetsMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The meters of a node, where {@code cets-micrometer} and a registry are there. Boot binds them to
 * the registry when all beans have been made; they leave it before the node is closed.
 */
@AutoConfiguration(
    after = {
      CetsAutoConfiguration.class,
      // The last of Boot's that make a registry.
      CompositeMeterRegistryAutoConfiguration.class
    })
@ConditionalOnClass({CetsMeters.class, MeterRegistry.class})
@ConditionalOnBean({CetsNode.class, MeterRegistry.class})
@ConditionalOnBooleanProperty(name = "cets.metrics.enabled", matchIfMissing = true)
public final class CetsMetricsAutoConfiguration {
  /** For Spring. */
  public CetsMetricsAutoConfiguration() {}

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  CetsMeters cetsMeters(CetsNode node) {
    return new CetsMeters(node);
  }
}
