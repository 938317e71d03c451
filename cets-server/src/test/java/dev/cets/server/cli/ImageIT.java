package dev.cets.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the image's file copies is there when everything is packed, and its command starts a node.
 * There need be no engine for images: the files are put where they belong under another root.
 */
@Timeout(120)
class ImageIT {
  private static final Pattern READY = Pattern.compile("ready name=n1 http=(\\d+) port=(\\d+)");

  @TempDir private Path imageRoot;

  private void copyAll() throws IOException {
    for (List<String> copy : Dockerfile.read().copies()) {
      assertThat(copy).hasSize(2);
      Path target = Files.createDirectories(inImage(copy.getLast()));
      Path source = Dockerfile.ROOT.resolve(copy.getFirst());
      boolean directory = copy.getFirst().endsWith("/");
      Path parent = directory ? source : source.getParent();
      String glob = directory ? "*" : source.getFileName().toString();
      int copied = 0;
      try (DirectoryStream<Path> files = Files.newDirectoryStream(parent, glob)) {
        for (Path file : files) {
          Files.copy(file, target.resolve(file.getFileName()));
          copied++;
        }
      }
      assertThat(copied).as("files of %s", copy).isPositive();
    }
  }

  private Path inImage(String path) {
    return imageRoot.resolve(path.substring(1));
  }

  private Process start() throws IOException {
    Dockerfile dockerfile = Dockerfile.read();
    List<String> command = new ArrayList<>(dockerfile.command("ENTRYPOINT"));
    command.addAll(dockerfile.command("CMD"));
    command.replaceAll(part -> part.startsWith("/opt/") ? inImage(part).toString() : part);
    assertThat(command.getFirst()).isEqualTo("java");
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("CETS_"));
    builder.environment().putAll(dockerfile.environment());
    builder.environment().put("CETS_NAME", "n1");
    builder.environment().put("CETS_ADVERTISE", "127.0.0.1");
    builder.environment().put("CETS_TABLES", "sessions:set:id places:ordered:id:keep");
    builder.environment().put("CETS_INSECURE", "true");
    builder.environment().put("CETS_PORT", "0");
    builder.environment().put("CETS_HTTP", "0");
    return builder.start();
  }

  private static int status(int port, String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void command_ofTheImage_startsANodeThatServesItsProbesAndLeavesWhenTold() throws Exception {
    copyAll();
    Process node = start();
    try (BufferedReader lines = node.inputReader(StandardCharsets.UTF_8)) {
      Matcher ready = READY.matcher(String.valueOf(lines.readLine()));
      assertThat(ready.matches()).as("the first line is that it is ready").isTrue();
      int http = Integer.parseInt(ready.group(1));

      assertThat(status(http, "/health/live")).isEqualTo(200);
      assertThat(status(http, "/health/ready")).isEqualTo(200);
      assertThat(status(http, "/tables/places/records")).isEqualTo(200);

      node.destroy();
      assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(node.exitValue()).isZero();
    } finally {
      node.destroyForcibly();
    }
  }
}
