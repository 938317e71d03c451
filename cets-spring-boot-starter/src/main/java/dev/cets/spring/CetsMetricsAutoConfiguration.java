package dev.cets.spring;

import dev.cets.CetsNode;
import dev.cets.micrometer.CetsMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The meters of a node, where {@code cets-micrometer} and a registry are there. They are bound to
 * the registry when all beans have been made, by Boot if its module for metrics is there; they
 * leave it before the node is closed.
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

  /** Where Boot does not bind meters. What is in a composite registry gets them from that one. */
  @Bean
  @ConditionalOnMissingBean(
      type = "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration")
  SmartInitializingSingleton cetsMetersBinding(
      CetsMeters meters, ObjectProvider<MeterRegistry> registries) {
    return () -> {
      Set<MeterRegistry> parts =
          registries.stream()
              .filter(CompositeMeterRegistry.class::isInstance)
              .flatMap(composite -> ((CompositeMeterRegistry) composite).getRegistries().stream())
              .collect(Collectors.toSet());
      registries.stream().filter(registry -> !parts.contains(registry)).forEach(meters::bindTo);
    };
  }
}
