package dev.cets.spring;

import dev.cets.CetsNode;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the actuator shows of a node: its health, and the endpoint {@code cets}. */
@AutoConfiguration(after = CetsAutoConfiguration.class)
@ConditionalOnBean({CetsNode.class, ReadyGate.class})
public final class CetsActuatorAutoConfiguration {
  /** For Spring. */
  public CetsActuatorAutoConfiguration() {}

  /** Apart, since an application may have the one without the other. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
  static class OfHealth {
    @Bean
    @ConditionalOnEnabledHealthIndicator("cets")
    @ConditionalOnMissingBean(name = "cetsHealthIndicator")
    HealthIndicator cetsHealthIndicator(CetsNode node, ReadyGate gate) {
      return new CetsHealthIndicator(node, gate);
    }
  }

  /** As the other. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
  static class OfEndpoint {
    @Bean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnMissingBean
    CetsEndpoint cetsEndpoint(CetsNode node) {
      return new CetsEndpoint(node);
    }
  }
}
