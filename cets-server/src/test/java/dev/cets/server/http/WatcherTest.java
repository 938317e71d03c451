package dev.cets.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.Change;
import dev.cets.ChangeListener;
import dev.cets.server.json.JsonRecord;
import dev.cets.server.json.RecordFormat;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watchers that do what they should not. */
@Timeout(60)
class WatcherTest {
  private final FakeNode node = new FakeNode();

  private HttpInterface start(Duration beat, Duration patience) throws Exception {
    HttpInterface http =
        HttpInterface.start(
            "127.0.0.1", 0, HttpSecurity.NONE, new WatchTimes(beat, patience), HttpTimes.DEFAULTS);
    http.serve(node);
    return http;
  }

  private static Socket watch(HttpInterface http) throws Exception {
    var socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), http.port()));
    socket
        .getOutputStream()
        .write("GET /tables/places/watch HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
    return socket;
  }

  private ChangeListener<String, JsonRecord> listener() throws InterruptedException {
    assertThat(node.listening.await(30, TimeUnit.SECONDS)).isTrue();
    return Objects.requireNonNull(node.listener);
  }

  private static Change<String, JsonRecord> change(int bytes) throws Exception {
    String text = "{\"id\":1,\"x\":\"%s\"}".formatted("y".repeat(bytes));
    JsonRecord record = new RecordFormat("id").read(text.getBytes(UTF_8));
    return new Change<>("1", null, record, Change.Cause.LOCAL);
  }

  @Test
  void client_neverReads_isLetGoAndNothingStaysStuck() throws Exception {
    try (HttpInterface http = start(Duration.ofMillis(50), Duration.ofMillis(300));
        Socket socket = watch(http)) {
      Change<String, JsonRecord> change = change(500_000);
      ChangeListener<String, JsonRecord> listener = listener();
      Thread telling =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (node.unlistened.getCount() > 0) {
                      listener.changed(change);
                    }
                  });
      assertThat(node.unlistened.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(telling.join(Duration.ofSeconds(30))).isTrue();
      assertThat(socket.isClosed()).isFalse();
    }
  }

  @Test
  void client_goes_isNoticedByTheNextBeat() throws Exception {
    try (HttpInterface http = start(Duration.ofMillis(50), Duration.ofSeconds(60))) {
      Socket socket = watch(http);
      listener();
      socket.close();
      assertThat(node.unlistened.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void client_readsWhileNothingChanges_seesBeats() throws Exception {
    try (HttpInterface http = start(Duration.ofMillis(50), Duration.ofSeconds(60));
        Socket socket = watch(http)) {
      socket.setSoTimeout(30_000);
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      int beats = 0;
      while (beats < 3) {
        beats += ":".equals(in.readLine()) ? 1 : 0;
      }
    }
    assertThat(node.unlistened.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
