package dev.cets.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.SetTable;
import dev.cets.micrometer.CetsMeters;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When a node's meters are in the registry of an application. */
class CetsMetricsAutoConfigurationTest {
  private static final AutoConfigurations OURS =
      AutoConfigurations.of(CetsAutoConfiguration.class, CetsMetricsAutoConfiguration.class);
  private static final AutoConfigurations BOOTS =
      AutoConfigurations.of(
          SimpleMetricsExportAutoConfiguration.class,
          CompositeMeterRegistryAutoConfiguration.class,
          MetricsAutoConfiguration.class);

  private final ApplicationContextRunner bare =
      new ApplicationContextRunner()
          .withConfiguration(OURS)
          .withPropertyValues("cets.transport=none");
  private final ApplicationContextRunner context =
      bare.withConfiguration(BOOTS).withUserConfiguration(Tables.class);

  @Configuration(proxyBeanMethods = false)
  static class Tables {
    @Bean
    SetTable<String, Session> sessions(CetsNode node) {
      return node.open(Session.table());
    }
  }

  private static List<String> metersIn(MeterRegistry registry) {
    return registry.getMeters().stream()
        .map(meter -> meter.getId().getName())
        .filter(name -> name.startsWith("cets."))
        .toList();
  }

  private static List<String> metersOf(ApplicationContext started) {
    return metersIn(started.getBean(MeterRegistry.class));
  }

  @SuppressWarnings("unchecked")
  private static void insert(ApplicationContext started) {
    started.getBean("sessions", SetTable.class).insert(new Session("s1", "alice"));
  }

  @Test
  void meters_ofTheNode_areInTheRegistryWhenTheApplicationHasStarted() {
    context.run(
        started -> {
          insert(started);
          MeterRegistry registry = started.getBean(MeterRegistry.class);
          assertThat(registry.get("cets.node.up").tag("node", "local").gauge().value())
              .isEqualTo(1);
          assertThat(registry.get("cets.table.leads").tag("table", "sessions").gauge().value())
              .isEqualTo(1);
          assertThat(registry.get("cets.writes").tag("table", "sessions").timer().count())
              .isEqualTo(1);
        });
  }

  /** An application can have a registry of its own making, and nothing of Boot's for metrics. */
  @Test
  void meters_withoutBootsMetrics_areInTheRegistryUntilTheContextEnds() {
    SimpleMeterRegistry outlives = new SimpleMeterRegistry();
    bare.withClassLoader(new FilteredClassLoader(MetricsAutoConfiguration.class.getPackageName()))
        .withUserConfiguration(Tables.class)
        .withBean(SimpleMeterRegistry.class, () -> outlives)
        .run(
            started -> {
              insert(started);
              assertThat(outlives.get("cets.node.up").gauge().value()).isEqualTo(1);
              assertThat(outlives.get("cets.writes").tag("table", "sessions").timer().count())
                  .isEqualTo(1);
            });
    assertThat(metersIn(outlives)).isEmpty();
  }

  @Test
  void meters_withoutBootsMetricsAndInACompositeRegistry_countOnce() {
    SimpleMeterRegistry part = new SimpleMeterRegistry();
    bare.withUserConfiguration(Tables.class)
        .withBean(SimpleMeterRegistry.class, () -> part)
        .withBean(
            CompositeMeterRegistry.class,
            () -> new CompositeMeterRegistry(Clock.SYSTEM, List.of(part)))
        .run(
            started -> {
              insert(started);
              assertThat(part.get("cets.writes").tag("table", "sessions").timer().count())
                  .isEqualTo(1);
            });
  }

  @Test
  void meters_whenTheContextEnds_leaveTheRegistry() {
    SimpleMeterRegistry outlives = new SimpleMeterRegistry();
    context
        .withBean(SimpleMeterRegistry.class, () -> outlives)
        .run(started -> assertThat(metersIn(outlives)).contains("cets.node.up"));
    assertThat(metersIn(outlives)).isEmpty();
  }

  @Test
  void meters_ofTheApplicationsOwn_areTheOnlyOnes() {
    context
        .withBean(
            CetsMeters.class,
            () -> new CetsMeters(CetsNode.builder("mine").start(), Tags.of("zone", "north")))
        .run(
            started ->
                assertThat(started.getBean(MeterRegistry.class).get("cets.node.up").meters())
                    .extracting(Meter::getId)
                    .extracting(id -> id.getTag("zone"))
                    .containsExactly("north"));
  }

  @Test
  void meters_switchedOff_areAbsentAndTheNodeIsThere() {
    context
        .withPropertyValues("cets.metrics.enabled=false")
        .run(
            started -> {
              assertThat(started).hasNotFailed().hasSingleBean(CetsNode.class);
              assertThat(started).doesNotHaveBean(CetsMeters.class);
              assertThat(metersOf(started)).isEmpty();
            });
  }

  @Test
  void meters_deniedByBoot_areNotInTheRegistry() {
    context
        .withPropertyValues("management.metrics.enable.cets=false")
        .run(
            started -> {
              insert(started);
              assertThat(metersOf(started)).isEmpty();
            });
  }

  @Test
  void meters_withoutANode_areAbsent() {
    bare.withConfiguration(BOOTS)
        .withPropertyValues("cets.enabled=false")
        .run(started -> assertThat(started).hasNotFailed().doesNotHaveBean(CetsMeters.class));
  }

  @Test
  void meters_withoutARegistry_areAbsent() {
    bare.run(
        started ->
            assertThat(started)
                .hasNotFailed()
                .hasSingleBean(CetsNode.class)
                .doesNotHaveBean(CetsMeters.class));
  }

  @Test
  void meters_withoutTheirModule_areAbsent() {
    context
        .withClassLoader(new FilteredClassLoader(CetsMeters.class))
        .run(
            started -> {
              assertThat(started).hasNotFailed().hasSingleBean(CetsNode.class);
              assertThat(metersOf(started)).isEmpty();
            });
  }

  @Test
  void node_withoutMicrometer_startsAlone() {
    bare.withClassLoader(
            new FilteredClassLoader(
                "dev.cets.micrometer",
                "io.micrometer",
                MetricsAutoConfiguration.class.getPackageName()))
        .run(started -> assertThat(started).hasNotFailed().hasSingleBean(CetsNode.class));
  }
}
