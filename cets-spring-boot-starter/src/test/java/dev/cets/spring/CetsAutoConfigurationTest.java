package dev.cets.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.BagTable;
import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.OrderedSetTable;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testrules.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** What properties and beans make of an application's context. */
class CetsAutoConfigurationTest {
  private final ApplicationContextRunner context =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  CetsAutoConfiguration.class, CetsActuatorAutoConfiguration.class));
  private final ApplicationContextRunner alone = context.withPropertyValues("cets.transport=none");
  private final ApplicationContextRunner clustered =
      context.withPropertyValues("cets.node-name=n1");

  @Configuration(proxyBeanMethods = false)
  static class Tables {
    @Bean
    SetTable<String, Session> sessions(CetsNode node) {
      return node.open(Session.table());
    }

    @Bean
    SetTable<String, String> words(CetsNode node) {
      return node.open(TableSpec.set("words", String.class, String.class, word -> word));
    }

    @Bean
    @Lazy
    OrderedSetTable<Integer, Integer> numbers(CetsNode node) {
      return node.open(TableSpec.orderedSet("numbers", Integer.class, Integer.class, n -> n));
    }

    @Bean
    BagTable<String, Session> visits(CetsNode node) {
      return node.open(TableSpec.bag("visits", String.class, Session.class, Session::user));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Service {
    @Autowired SetTable<String, Session> byType;
    @Autowired BagTable<String, Session> bag;
  }

  @Test
  void node_withNothingButNoTransport_isAClusterOfOne() {
    alone.run(
        started -> {
          CetsNode node = started.getBean(CetsNode.class);
          assertThat(node.name()).isEqualTo("local");
          assertThat(node.address()).isNull();
          assertThat(node.status().joinedNodes()).containsExactly("local");
        });
  }

  @Test
  void node_ofProperties_hasThem() {
    clustered
        .withPropertyValues(
            "cets.cluster=chat",
            "cets.port=0",
            "cets.advertise=127.0.0.2:7801",
            "cets.discovery.addresses=127.0.0.1:1,127.0.0.1:2",
            "cets.discovery.file=nodes.txt")
        .run(
            started -> {
              CetsNode node = started.getBean(CetsNode.class);
              assertThat(node.name()).isEqualTo("n1");
              assertThat(node.status().cluster()).isEqualTo("chat");
              assertThat(node.address()).hasToString("127.0.0.2:7801");
              assertThat(node.status().discovery())
                  .extracting(backEnd -> backEnd.backEnd())
                  .hasSize(2)
                  .last()
                  .asString()
                  .contains("nodes.txt");
            });
  }

  @Test
  void tables_asBeans_areInjectedByTheirTypes() {
    alone
        .withUserConfiguration(Tables.class, Service.class)
        .run(
            started -> {
              Service service = started.getBean(Service.class);
              assertThat(service.byType.name()).isEqualTo("sessions");
              assertThat(service.bag.name()).isEqualTo("visits");
            });
  }

  @Test
  void tables_ofLazyBeans_areOpenWhenTheApplicationHasStarted() {
    alone
        .withInitializer(
            started ->
                started.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .withUserConfiguration(Tables.class)
        .run(
            started ->
                assertThat(started.getBean(CetsNode.class).tables())
                    .extracting(table -> table.name())
                    .containsExactlyInAnyOrder("sessions", "words", "numbers", "visits"));
  }

  @Test
  void node_whenTheContextEnds_isClosed() {
    CetsNode[] node = new CetsNode[1];
    alone.run(started -> node[0] = started.getBean(CetsNode.class));
    assertThatThrownBy(() -> node[0].status()).isInstanceOf(CetsException.class);
  }

  @Test
  void node_ofAContextThatIsStoppedAndStartedAgain_isTheSameAndWorks() {
    alone
        .withUserConfiguration(Tables.class, Service.class)
        .run(
            started -> {
              started.getSourceApplicationContext().stop();
              started.getSourceApplicationContext().start();
              SetTable<String, Session> sessions = started.getBean(Service.class).byType;
              sessions.insert(new Session("s1", "alice"));
              assertThat(sessions.contains("s1")).isTrue();
            });
  }

  @Test
  void node_ofTheApplicationsOwn_isTheOnlyOne() {
    alone
        .withBean(CetsNode.class, () -> CetsNode.builder("mine").start())
        .run(started -> assertThat(started.getBean(CetsNode.class).name()).isEqualTo("mine"));
  }

  @Test
  void node_disabled_isAbsentWithAllThatShowsIt() {
    context
        .withPropertyValues("cets.enabled=false")
        .run(
            started ->
                assertThat(started)
                    .hasNotFailed()
                    .doesNotHaveBean(CetsNode.class)
                    .doesNotHaveBean(ReadyGate.class)
                    .doesNotHaveBean("cetsHealthIndicator")
                    .doesNotHaveBean(CetsEndpoint.class));
  }

  @Test
  void node_withoutActuator_startsAlone() {
    alone
        .withClassLoader(
            new FilteredClassLoader(
                HealthIndicator.class.getPackageName(),
                "org.springframework.boot.health",
                "org.springframework.boot.actuate",
                Endpoint.class.getPackageName()))
        .run(started -> assertThat(started).hasNotFailed().hasSingleBean(CetsNode.class));
  }

  @Test
  void customizer_afterTheProperties_hasTheLastWord() {
    alone
        .withBean(CetsNodeCustomizer.class, () -> node -> node.cluster("other"))
        .withPropertyValues("cets.cluster=chat")
        .run(
            started ->
                assertThat(started.getBean(CetsNode.class).status().cluster()).isEqualTo("other"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "cets.node-name=a b | cets.node-name | node name is 'a b'; 1 to 100 of",
        "cets.cluster=a b | cets.cluster | cluster name is 'a b'; 1 to 100 of",
        "cets.port=70000 | cets.port | port is 70000; 0 to 65535 is allowed",
        "cets.bind=0.0.0.0 | cets.bind | 0.0.0.0 is no address for peers; say what to advertise",
        "cets.advertise=h:x | cets.advertise | 'h:x' is no address",
        "cets.discovery.addresses=h1 | cets.discovery.addresses | 'h1' is no address",
        "cets.discovery.dns=chat.example | cets.discovery.dns-port | the port of the nodes is needed",
        "cets.secret-file=/nowhere/secret | cets.secret-file | the secret's file /nowhere/secret",
        "cets.tls.key=/nowhere/key | cets.tls | certificate, key and trusted go together",
        "cets.write-deadline=-1s | cets.write-deadline | 1",
      })
  void property_withABadValue_isTheReasonWhyTheApplicationDoesNotStart(
      String given, String property, String reason) {
    clustered
        .withPropertyValues(given)
        .run(
            failed ->
                assertThat(failed.getStartupFailure())
                    .hasStackTraceContaining("Property " + property + " with value")
                    .hasStackTraceContaining(reason));
  }

  @Test
  void nodeName_missing_isAskedFor() {
    context.run(
        failed ->
            assertThat(failed.getStartupFailure())
                .rootCause()
                .hasMessageContaining("cets.node-name")
                .hasMessageContaining("a node needs a name"));
  }

  @Test
  void port_inUse_isTheReasonThatIsShown() {
    clustered.run(
        first -> {
          int port = requireNonNull(first.getBean(CetsNode.class).address()).port();
          context
              .withPropertyValues("cets.node-name=n2", "cets.port=" + port)
              .run(
                  second -> {
                    FailureAnalysis shown =
                        requireNonNull(
                            new CetsFailureAnalyzer()
                                .analyze(requireNonNull(second.getStartupFailure())));
                    assertThat(shown.getDescription())
                        .contains("cannot listen on 127.0.0.1:" + port);
                    assertThat(shown.getAction()).contains("cets.*");
                  });
        });
  }

  @Test
  void nodes_withCertificatesAndSecret_meet(@TempDir Path folder) throws IOException {
    Certificates authority = new Certificates(folder, "ca");
    Path secret = Files.writeString(folder.resolve("secret"), "of twenty-four characters");
    secured(authority, secret, "n1")
        .run(
            first ->
                secured(authority, secret, "n2")
                    .withPropertyValues(
                        "cets.discovery.addresses=" + first.getBean(CetsNode.class).address())
                    .run(
                        second ->
                            assertThat(second.getBean(CetsNode.class).status().joinedNodes())
                                .containsExactly("n1", "n2")));
  }

  private ApplicationContextRunner secured(Certificates authority, Path secret, String name) {
    Certificates.Issued issued = authority.of(name, "localhost");
    return context.withPropertyValues(
        "cets.node-name=" + name,
        "cets.tls.certificate=" + issued.certificate(),
        "cets.tls.key=" + issued.key(),
        "cets.tls.trusted=" + authority.trusted("ca"),
        "cets.secret-file=" + secret);
  }

  @Test
  void node_withAnotherSecret_isAloneAndSaysWhy(@TempDir Path folder) throws IOException {
    Certificates authority = new Certificates(folder, "ca");
    Path secret = Files.writeString(folder.resolve("secret"), "of twenty-four characters");
    Path other = Files.writeString(folder.resolve("other"), "of some other characters");
    secured(authority, secret, "n1")
        .run(
            first ->
                secured(authority, other, "n2")
                    .withPropertyValues(
                        "cets.discovery.addresses=" + first.getBean(CetsNode.class).address())
                    .run(
                        second -> {
                          List<String> joined =
                              second.getBean(CetsNode.class).status().joinedNodes();
                          assertThat(joined).containsExactly("n2");
                        }));
  }
}
