package dev.cets.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.cets.server.console.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The manifests fit together, and fit the image and the options of the daemon. */
class ManifestsTest {
  private static final Map<String, String> OF_THE_POD =
      Map.of("metadata.name", "cets-0", "status.podIP", "10.0.0.7");

  private final List<JsonNode> manifests = new ArrayList<>();

  @TempDir private Path mounted;

  @BeforeEach
  void read() throws IOException {
    try (YAMLParser parser =
        new YAMLFactory()
            .createParser(Dockerfile.ROOT.resolve("deploy/kubernetes/cets.yaml").toFile())) {
      new YAMLMapper().readValues(parser, JsonNode.class).forEachRemaining(manifests::add);
    }
  }

  private Stream<JsonNode> kind(String kind) {
    return manifests.stream().filter(manifest -> manifest.path("kind").asText().equals(kind));
  }

  private JsonNode one(String kind, String name) {
    return kind(kind)
        .filter(manifest -> manifest.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode pod() {
    return one("StatefulSet", "cets").at("/spec/template");
  }

  private JsonNode container() {
    return pod().at("/spec/containers/0");
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** What the process gets: the image's variables, and over them those of the pod. */
  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new TreeMap<>(Dockerfile.read().environment());
    each(container().path("env"))
        .forEach(
            variable -> {
              String field = variable.at("/valueFrom/fieldRef/fieldPath").asText();
              String value =
                  field.isEmpty() ? variable.path("value").asText() : OF_THE_POD.get(field);
              environment.put(
                  variable.path("name").asText(),
                  Objects.requireNonNull(value).replace("/etc/cets", mounted.toString()));
            });
    return environment;
  }

  @Test
  void manifests_everyOne_hasVersionKindNameAndLabel() {
    assertThat(manifests).hasSize(5);
    assertThat(manifests)
        .allSatisfy(
            manifest -> {
              assertThat(manifest.path("apiVersion").asText()).isNotEmpty();
              assertThat(manifest.at("/metadata/name").asText()).startsWith("cets");
              assertThat(manifest.at("/metadata/labels/app").asText()).isEqualTo("cets");
            });
  }

  @Test
  void headlessService_nodesThatAreNotReady_arePublished() {
    JsonNode service = one("Service", "cets-nodes");

    assertThat(service.at("/spec/clusterIP").asText()).isEqualTo("None");
    assertThat(service.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
  }

  @Test
  void selectors_allOfThem_matchTheLabelsOfThePods() {
    JsonNode labels = pod().at("/metadata/labels");

    assertThat(labels).isNotEmpty();
    assertThat(kind("Service").map(service -> service.at("/spec/selector")))
        .hasSize(2)
        .allMatch(labels::equals);
    assertThat(one("StatefulSet", "cets").at("/spec/selector/matchLabels")).isEqualTo(labels);
    assertThat(one("PodDisruptionBudget", "cets").at("/spec/selector/matchLabels"))
        .isEqualTo(labels);
    JsonNode policy = one("NetworkPolicy", "cets-nodes");
    assertThat(policy.at("/spec/podSelector/matchLabels")).isEqualTo(labels);
    assertThat(policy.at("/spec/ingress/0/from/0/podSelector/matchLabels")).isEqualTo(labels);
  }

  @Test
  void variables_ofImageAndPod_areOptionsWithGoodValues() throws IOException {
    for (String file : new String[] {"secret", "read-token", "admin-token"}) {
      Files.createDirectories(mounted.resolve("secret"));
      Files.writeString(mounted.resolve("secret").resolve(file), "0123456789abcdef");
    }
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    CommandSpec node =
        new CommandLine(new NodeCommand(new Terminal(nowhere, nowhere, false, false)))
            .getCommandSpec();

    String[] arguments = NodeOptions.expand(new String[] {"node"}, environment(), node);

    assertThat(arguments)
        .contains(
            "--name=cets-0",
            "--advertise=10.0.0.7",
            "--bind=0.0.0.0",
            "--port=7800",
            "--http=7880",
            "--discovery=dns:cets-nodes",
            "--table=sessions:set:id",
            "--tls-key=" + mounted.resolve("tls/tls.key"),
            "--secret-file=" + mounted.resolve("secret/secret"));
    new CommandLine(node).parseArgs(Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  @Test
  void discovery_name_isThatOfTheHeadlessServiceOfTheSet() throws IOException {
    assertThat(environment().get("CETS_DISCOVERY")).isEqualTo("dns:cets-nodes");
    assertThat(one("StatefulSet", "cets").at("/spec/serviceName").asText())
        .isEqualTo(one("Service", "cets-nodes").at("/metadata/name").asText());
  }

  @Test
  void ports_ofServicesContainerVariablesAndImage_areTheSame() throws IOException {
    Map<String, Integer> ports = new TreeMap<>();
    each(container().path("ports"))
        .forEach(port -> ports.put(port.path("name").asText(), port.path("containerPort").asInt()));

    assertThat(ports)
        .isEqualTo(
            Map.of(
                "cets", Integer.valueOf(environment().get("CETS_PORT")),
                "http", Integer.valueOf(environment().get("CETS_HTTP"))));
    assertThat(kind("Service").map(service -> service.at("/spec/ports/0")))
        .allSatisfy(
            port -> {
              assertThat(ports).containsKey(port.path("targetPort").asText());
              assertThat(port.path("port").asInt())
                  .isEqualTo(ports.get(port.path("targetPort").asText()));
            });
    assertThat(each(one("NetworkPolicy", "cets-nodes").at("/spec/ingress")))
        .extracting(rule -> rule.at("/ports/0/port").asText())
        .containsExactlyElementsOf(ports.keySet());
    assertThat(Dockerfile.read().all("EXPOSE").getFirst().split(" "))
        .containsExactly("7800", "7880");
    assertThat(Dockerfile.read().environment())
        .containsEntry("CETS_PORT", "7800")
        .containsEntry("CETS_HTTP", "7880");
  }

  @Test
  void probes_livenessDoesNotAskForReadiness() {
    assertThat(container().at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
    assertThat(container().at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
    assertThat(container().at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
    assertThat(
            Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .map(probe -> container().at("/" + probe + "/httpGet/port").asText()))
        .containsOnly("http");
  }

  @Test
  void files_ofTheVariables_areInMountedSecrets() {
    List<String> mounts =
        each(container().path("volumeMounts"))
            .map(mount -> mount.path("mountPath").asText() + "/")
            .toList();

    assertThat(each(container().path("env")).map(variable -> variable.path("value").asText()))
        .filteredOn(value -> value.startsWith("/"))
        .hasSize(6)
        .allSatisfy(value -> assertThat(mounts).anyMatch(value::startsWith));
    assertThat(each(pod().at("/spec/volumes")).map(volume -> volume.at("/secret/secretName")))
        .extracting(JsonNode::asText)
        .contains("cets-tls", "cets");
    assertThat(
            Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .map(probe -> container().at("/" + probe + "/httpGet/scheme").asText()))
        .containsOnly("HTTPS");
  }

  @Test
  void pods_beginTogetherAndSeeNoVariablesOfServices() {
    assertThat(one("StatefulSet", "cets").at("/spec/podManagementPolicy").asText())
        .isEqualTo("Parallel");
    assertThat(pod().at("/spec/enableServiceLinks").asBoolean(true)).isFalse();
  }

  @Test
  void pods_runAsTheUserOfTheImage() throws IOException {
    String user = pod().at("/spec/securityContext/runAsUser").asText();

    assertThat(Dockerfile.read().all("USER")).containsExactly(user + ":" + user);
    assertThat(pod().at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
  }
}
