package dev.cets.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import dev.cets.testkit.SimulatedCluster;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
class PrometheusTest {
  private static final Pattern SAMPLE =
      Pattern.compile("(cets_[a-z_]+)\\{([^}]*)\\} (NaN|[-+0-9.eE]+)");

  private final SimulatedCluster cluster = new SimulatedCluster(3);
  private final MockClock clock = new MockClock();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);
  private SetTable<String, Session> table;
  private CetsMeters meters;

  @BeforeEach
  void join() {
    cluster.join("a", "b");
    table = cluster.sessions("a");
    meters = new CetsMeters(cluster.node("a"));
    meters.bindTo(registry);
  }

  @AfterEach
  void close() {
    meters.close();
    cluster.close();
  }

  /** By name and tags; each line has to be one that Prometheus takes. */
  private Map<String, Double> samples() {
    Map<String, Double> samples = new TreeMap<>();
    for (String line : registry.scrape().lines().toList()) {
      if (!line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        samples.put(sample.group(1) + "{" + sample.group(2) + "}", Double.valueOf(sample.group(3)));
      }
    }
    return samples;
  }

  @Test
  void scrape_afterWrites_hasThemInBuckets() {
    table.insert(new Session("1", "alice"));
    table.insert(new Session("2", "bob"));
    String tags =
        "cluster=\"cets\",node=\"a\",operation=\"insert\",result=\"applied\",table=\"sessions\"";
    assertThat(samples())
        .containsEntry("cets_writes_seconds_count{" + tags + "}", 2.0)
        .containsEntry("cets_writes_seconds_bucket{" + tags + ",le=\"10.0\"}", 2.0)
        .containsEntry(
            "cets_link_joined{cluster=\"cets\",node=\"a\",peer=\"b\",table=\"sessions\"}", 1.0);
  }

  /** While one reads, the node is looked at and meters come. */
  @Test
  void scrape_newTable_isThereInTheNext() {
    cluster.node("a").open(TableSpec.set("later", String.class, Session.class, Session::id));
    clock.add(1, TimeUnit.SECONDS);
    Map<String, Double> first = samples();
    assertThat(samples().keySet()).anyMatch(sample -> sample.contains("\"later\""));
    assertThat(first).isNotEmpty();
  }

  @Test
  void names_ofAllMeters_areDocumentedAndNoOthers() throws IOException {
    table.insert(new Session("1", "alice"));
    Pattern name = Pattern.compile("`(cets_[a-z_]+)`");
    String operations = Files.readString(Path.of("..").resolve("docs/operations.md"));
    String section = operations.split("\n## Metrics\n", 2)[1].split("\n## ", 2)[0];
    TreeSet<String> documented =
        name.matcher(section)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> told = new TreeSet<>();
    samples()
        .keySet()
        .forEach(
            sample ->
                told.add(sample.split("\\{", 2)[0].replaceAll("_(bucket|sum|count|max)$", "")));
    told.add("cets_link_unanswered_writes_total"); // when there is one
    told.add("cets_refused_requests_total"); // of the daemon
    assertThat(documented).isEqualTo(told);
  }
}
