package dev.cets.server.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.server.cli.Cli;
import dev.cets.server.console.Terminal;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes of a table, followed over HTTP and by the command line. */
@Timeout(120)
class WatchTest {
  private OneDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon = new OneDaemon("people:set:id", "scores:ordered:id", "devices:bag:user");
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private void insert(String table, String lines) throws Exception {
    assertThat(daemon.send("POST", "/tables/" + table + "/records", lines).statusCode())
        .isEqualTo(200);
  }

  private HttpResponse<Stream<String>> watch(String tableAndQuery) throws Exception {
    return daemon.client.send(
        daemon.request("/tables/" + tableAndQuery).build(), BodyHandlers.ofLines());
  }

  private static Iterator<String> events(HttpResponse<Stream<String>> response) {
    return response
        .body()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .iterator();
  }

  @Test
  void watch_writes_tellsEachInOrderWithOldAndNew() throws Exception {
    HttpResponse<Stream<String>> response = watch("scores/watch");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    Iterator<String> events = events(response);
    insert("scores", "{\"id\":1,\"x\":1.10}");
    assertThat(events.next())
        .isEqualTo(
            "{\"event\":\"insert\",\"key\":\"1\",\"new\":{\"id\":1,\"x\":1.10},\"cause\":\"LOCAL\"}");
    insert("scores", "{\"id\":1}");
    assertThat(events.next())
        .isEqualTo(
            "{\"event\":\"update\",\"key\":\"1\",\"old\":{\"id\":1,\"x\":1.10},\"new\":{\"id\":1},\"cause\":\"LOCAL\"}");
    daemon.send("DELETE", "/tables/scores/records/1", "");
    assertThat(events.next())
        .isEqualTo("{\"event\":\"delete\",\"key\":\"1\",\"old\":{\"id\":1},\"cause\":\"LOCAL\"}");
    daemon.end();
    assertThat(events.next()).isEqualTo("{\"event\":\"closed\"}");
    assertThat(events.hasNext()).isFalse();
  }

  @Test
  void watchCommand_withSnapshot_printsAllRecordsThenChangesAndEndsWithTheDaemon()
      throws Exception {
    insert("people", "{\"id\":\"a\"}");
    try (var printed = new PipedInputStream();
        var out = new PrintStream(new PipedOutputStream(printed), true, UTF_8);
        var lines = new BufferedReader(new InputStreamReader(printed, UTF_8))) {
      var terminal = new Terminal(out, System.err, false, false);
      String port = String.valueOf(daemon.httpPort());
      CompletableFuture<Integer> exitCode =
          CompletableFuture.supplyAsync(
              () -> Cli.run(terminal, "watch", "people", "--snapshot", "--http", port));
      assertThat(lines.readLine()).isEqualTo("{\"event\":\"snapshot\",\"records\":1}");
      assertThat(lines.readLine())
          .isEqualTo("{\"event\":\"record\",\"key\":\"a\",\"new\":{\"id\":\"a\"}}");
      insert("people", "{\"id\":\"b\"}");
      assertThat(lines.readLine()).contains("\"event\":\"insert\"", "\"key\":\"b\"");
      daemon.end();
      assertThat(lines.readLine()).isEqualTo("{\"event\":\"closed\"}");
      assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void watch_clientThatDoesNotRead_isToldAGapAndThenGoesOn() throws Exception {
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.setSoTimeout(30_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), daemon.httpPort()));
      socket
          .getOutputStream()
          .write("GET /tables/people/watch HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('H');
      String filling = "y".repeat(20_000);
      for (int n = 0; n < 40; n++) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
          lines.add("{\"id\":%d,\"x\":\"%s\"}".formatted(n * 50 + i, filling));
        }
        insert("people", String.join("\n", lines));
      }
      readUntil(in, "{\"event\":\"gap\"}");
      insert("people", "{\"id\":\"after\"}");
      readUntil(in, "\"key\":\"after\"");
    }
  }

  private static void readUntil(InputStream in, String text) throws Exception {
    var tail = new StringBuilder();
    byte[] chunk = new byte[64 * 1024];
    while (tail.indexOf(text) < 0) {
      tail.delete(0, Math.max(0, tail.length() - text.length()));
      int n;
      try {
        n = in.read(chunk);
      } catch (SocketTimeoutException e) {
        throw new AssertionError("no " + text, e);
      }
      assertThat(n).as("bytes before " + text).isPositive();
      tail.append(new String(chunk, 0, n, US_ASCII));
    }
  }

  @Test
  void watch_tooMany_areRefusedUntilOneGoes() throws Exception {
    List<HttpResponse<Stream<String>>> watchers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      watchers.add(watch("people/watch"));
    }
    HttpResponse<String> refused = daemon.send("GET", "/tables/people/watch", "");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("urn:cets:problem:too-many-watchers");
    watchers.getFirst().body().close();
    Eventually.is(
        "there is a place again",
        () -> {
          insert("people", "{\"id\":1}");
          HttpResponse<Stream<String>> next = watch("people/watch");
          next.body().close();
          return next.statusCode() == 200;
        });
  }

  @Test
  void watch_bag_tellsInsertsAndDeletesOfEachRecord() throws Exception {
    Iterator<String> events = events(watch("devices/watch?snapshot"));
    assertThat(events.next()).isEqualTo("{\"event\":\"snapshot\",\"records\":0}");
    String one = "{\"user\":1,\"d\":1}";
    String two = "{\"user\":1,\"d\":2}";
    insert("devices", one);
    insert("devices", two);
    daemon.send("DELETE", "/tables/devices/records", one);
    for (String expected :
        List.of(
            "{\"event\":\"insert\",\"key\":\"1\",\"new\":" + one,
            "{\"event\":\"insert\",\"key\":\"1\",\"new\":" + two,
            "{\"event\":\"delete\",\"key\":\"1\",\"old\":" + one)) {
      assertThat(events.next()).isEqualTo(expected + ",\"cause\":\"LOCAL\"}");
    }
  }

  @Test
  void watch_unknownTable_isOneLine() {
    CliRun unknown = daemon.cli("watch", "nothing");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("no table 'nothing'").hasLineCount(1);
  }
}
