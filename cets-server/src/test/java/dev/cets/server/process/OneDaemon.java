package dev.cets.server.process;

import dev.cets.server.daemon.DaemonException;
import dev.cets.server.daemon.Engine;
import dev.cets.server.daemon.NodeDaemon;
import dev.cets.server.daemon.NodeSettings;
import dev.cets.server.daemon.Protection;
import dev.cets.server.daemon.TableOption;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A daemon in this process, alone in its cluster, and how to talk with it. */
final class OneDaemon implements AutoCloseable {
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final NodeDaemon daemon;

  OneDaemon(String... tables) throws DaemonException {
    daemon =
        NodeDaemon.start(
            new NodeSettings(
                "n1",
                "cets",
                Engine.NETTY,
                "127.0.0.1",
                "127.0.0.1",
                null,
                0,
                0,
                List.of(),
                Arrays.stream(tables).map(TableOption::parse).toList(),
                Protection.NONE,
                node -> node));
  }

  int httpPort() {
    return daemon.httpPort();
  }

  int port() {
    return daemon.port();
  }

  /** Runs a command against it. */
  CliRun cli(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--http", String.valueOf(daemon.httpPort())));
    return CliRun.of(all.toArray(String[]::new));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.httpPort() + path));
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        request(path).method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  /** Leaves the cluster, as a daemon that is told to end. */
  void end() {
    daemon.close();
  }

  @Override
  public void close() {
    client.shutdownNow();
    daemon.close();
  }
}
