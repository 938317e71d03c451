package dev.cets.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.SetTable;
import dev.cets.spring.test.AutoConfigureCets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The test of a service, as an application would have it. */
@SpringBootTest(
    classes = AutoConfigureCetsTest.Tables.class,
    properties = {"cets.node-name=production-1", "cets.discovery.addresses=10.0.0.1:7800"})
@AutoConfigureCets
class AutoConfigureCetsTest {
  @Configuration(proxyBeanMethods = false)
  static class Tables {
    @Bean
    SetTable<String, Session> sessions(CetsNode node) {
      return node.open(Session.table());
    }
  }

  @Autowired CetsNode node;
  @Autowired SetTable<String, Session> sessions;

  @Test
  void test_ofAService_hasTablesAndNoNetwork() {
    sessions.insert(new Session("s1", "alice"));
    assertThat(sessions.lookup("s1")).isEqualTo(new Session("s1", "alice"));
    assertThat(node.address()).isNull();
    assertThat(node.status().discoveredNodes()).isEmpty();
  }
}
