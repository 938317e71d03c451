package dev.cets.spring;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.Table;
import dev.cets.spi.Discovery;
import dev.cets.spi.Transport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * A {@link CetsNode} by the properties {@code cets.*}, unless the application has one of its own.
 * It begins when its bean is made, and has joined before a web server takes requests; it leaves
 * when its bean is destroyed, after all that has it injected. Tables are beans that the application
 * makes of it:
 *
 * <pre>{@code
 * @Bean
 * SetTable<String, Session> sessions(CetsNode node) {
 *   return node.open(TableSpec.set("sessions", String.class, Session.class, Session::id));
 * }
 * }</pre>
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "cets.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CetsProperties.class)
public final class CetsAutoConfiguration {
  /** For Spring. */
  public CetsAutoConfiguration() {}

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  CetsNode cetsNode(
      CetsProperties properties,
      ObjectProvider<Transport> transports,
      ObjectProvider<Discovery> discoveries,
      ObjectProvider<CetsNodeCustomizer> customizers) {
    NodeFactory factory = new NodeFactory(properties);
    CetsNode.Builder node = factory.node();
    customizers.orderedStream().forEach(customizer -> customizer.customize(node));
    if (factory.isAlone()) {
      return started(node);
    }
    factory.discoveries().forEach(node::discovery);
    discoveries.orderedStream().forEach(node::discovery);
    Transport transport = transports.getIfAvailable(factory::netty);
    try {
      return started(node.transport(transport));
    } catch (CetsException e) {
      transport.close();
      throw e;
    }
  }

  private static CetsNode started(CetsNode.Builder node) {
    try {
      return node.start();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new CetsException("the node cannot start: " + e.getMessage(), e);
    }
  }

  @Bean
  @ConditionalOnBean(CetsNode.class)
  ReadyGate cetsReadyGate(
      CetsNode node, ObjectProvider<Table<?, ?>> tables, CetsProperties properties) {
    return new ReadyGate(node, tables, properties.readyTimeout());
  }
}
