package dev.cets.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cets.security.Tls;
import dev.cets.testrules.Certificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what over HTTP, and that nobody can hold it up. */
class HttpSecurityTest {
  private static final String READING = "the-token-for-reading";
  private static final String ADMIN = "the-token-of-administrators";
  private static final String RECORDS = "/tables/places/records";

  private final FakeNode node = new FakeNode();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpInterface http;
  private Path readingFile;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    readingFile = Files.writeString(folder.resolve("reading"), READING + "\n");
    Tokens tokens = new Tokens(Token.file(readingFile), Token.of(ADMIN));
    http =
        HttpInterface.start(
            "127.0.0.1",
            0,
            new HttpSecurity(null, tokens),
            WatchTimes.DEFAULTS,
            new HttpTimes(
                Duration.ofMillis(500),
                Duration.ofMillis(100),
                Duration.ofMillis(300),
                Duration.ofMillis(20)));
    http.serve(node);
  }

  /** Whatever happened, who has the token is served. */
  @AfterEach
  void servesOthers() throws Exception {
    assertThat(send(ADMIN, "GET", "/status", "").statusCode()).isEqualTo(200);
    client.shutdownNow();
    http.close();
  }

  private HttpResponse<String> send(@Nullable String token, String method, String path, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
            .method(method, BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private long refusedRequests() throws Exception {
    return new ObjectMapper()
        .readTree(send(ADMIN, "GET", "/status", "").body())
        .path("refusedRequests")
        .asLong();
  }

  @Test
  void request_noToken_isUnauthorizedWhateverItAsksFor() throws Exception {
    for (String path :
        List.of("/status", "/tables", "/metrics", RECORDS, "/no/such/path", "/dashboard/none")) {
      HttpResponse<String> response = send(null, "GET", path, "");

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(response.body()).contains("urn:cets:problem:unauthorized");
    }
    assertThat(refusedRequests()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "the-token-for-readin", "the-token-for-reading2", "THE-TOKEN-FOR-READING"})
  void request_otherToken_isUnauthorized(String token) throws Exception {
    assertThat(send(token, "GET", "/status", "").statusCode()).isEqualTo(401);
  }

  @Test
  void request_tokenForReading_readsAndWritesNothing() throws Exception {
    assertThat(send(READING, "GET", RECORDS, "").statusCode()).isEqualTo(200);
    assertThat(send(READING, "GET", "/metrics", "").statusCode()).isEqualTo(200);
    assertThat(send(READING, "PUT", RECORDS + "/1", "{\"id\":1}").statusCode()).isEqualTo(403);
    assertThat(send(READING, "POST", RECORDS, "{\"id\":1}").statusCode()).isEqualTo(403);
    assertThat(send(READING, "DELETE", RECORDS + "/1", "").statusCode()).isEqualTo(403);
    assertThat(send(READING, "POST", "/tables/places/compare", "").statusCode()).isEqualTo(403);
    assertThat(node.records).isEmpty();
    assertThat(refusedRequests()).isEqualTo(4);
  }

  @Test
  void request_tokenOfAdministrators_writes() throws Exception {
    assertThat(send(ADMIN, "PUT", RECORDS + "/1", "{\"id\":1}").statusCode()).isEqualTo(200);
    assertThat(node.records).containsKey("1");
  }

  @Test
  void health_noToken_tellsTheWordAlone() throws Exception {
    node.notReady = List.of("table places is not filled from n2");

    HttpResponse<String> stranger = send(null, "GET", "/health/ready", "");
    HttpResponse<String> known = send(READING, "GET", "/health/ready", "");

    assertThat(stranger.statusCode()).isEqualTo(503);
    assertThat(stranger.body()).contains("DOWN").doesNotContain("places");
    assertThat(known.body()).contains("places");
    assertThat(send(null, "GET", "/health/live", "").statusCode()).isEqualTo(200);
  }

  @Test
  void tokens_shortOrWithSpaces_areRefused() {
    for (String bad : List.of("short", "with spaces in it 1234", "x".repeat(1025))) {
      assertThatThrownBy(() -> Token.of(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("16 to 1024 visible characters");
    }
    assertThat(new Tokens(Token.of(READING), null).toString()).doesNotContain(READING);
  }

  @Test
  void token_fileReplaced_theNewOneCountsAndTheFormerDoesNot() throws Exception {
    Files.writeString(readingFile, "another-token-for-reading\n");

    awaitStatus("another-token-for-reading", 200);
    assertThat(send(READING, "GET", "/status", "").statusCode()).isEqualTo(401);
    assertThat(send("another-token-for-reading", "PUT", RECORDS + "/1", "{}").statusCode())
        .isEqualTo(403);
  }

  @Test
  void token_fileReplacedByNone_theFormerCountsUntilThereIsOneAgain() throws Exception {
    Token token = Token.file(readingFile);

    for (String bad : List.of("", "short\n", "two tokens in one file\n", "x".repeat(1025))) {
      Files.writeString(readingFile, bad);
      token.refresh();
      assertThat(token.is(READING)).as(bad).isTrue();
      assertThat(token.is(bad.strip())).as(bad).isFalse();
    }
    Files.delete(readingFile);
    token.refresh();
    assertThat(token.is(READING)).isTrue();
    Files.writeString(readingFile, "another-token-for-reading");
    token.refresh();
    assertThat(token.is("another-token-for-reading")).isTrue();
    assertThat(token.is(READING)).isFalse();
  }

  private void awaitStatus(String token, int status) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (send(token, "GET", "/status", "").statusCode() != status) {
      assertThat(System.nanoTime()).as("it never answers %d", status).isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/live/../../status",
        "/health/ready/../../tables",
        "/health/./live/../../tables/places/records",
        "/health%2flive/../status",
        "//status",
        "/%2e%2e/status",
        "/tables/../status",
        "/health/live%00/status",
        "/status;/health/live",
        "/status?/health/live",
        "/STATUS"
      })
  void request_trickyPathWithoutToken_getsNothing(String path) throws Exception {
    // By hand, as clients tidy up paths.
    String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.1 (400|401|404) .*").doesNotContain("\"node\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
        "GARBAGE\r\n\r\n",
        "GET /status HTTP/9.9\r\n\r\n",
        "GET\u0000/status HTTP/1.1\r\n\r\n"
      })
  void request_garbage_isClosed(String garbage) throws Exception {
    assertThat(raw(garbage)).doesNotContain("\"node\"", " 200 ");
  }

  @Test
  void request_headersWithoutEnd_areCutOff() throws Exception {
    assertThat(raw("GET /status HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
        .matches("(?s)HTTP/1.1 4.. .*");
  }

  @Test
  void request_drippingHeaders_isClosedAndCounted() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port());
      slow.add(socket);
      write(socket, "GET /status HTTP/1.1\r\nHost: x\r\n");
    }
    for (Socket socket : slow) {
      var unused = drip(socket);
      socket.close();
    }

    assertThat(refusedRequests()).isEqualTo(3);
  }

  @Test
  void request_drippingFirstLine_isClosed() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      write(socket, "GET /");

      assertThat(drip(socket)).as("bytes until it was closed").isLessThan(1_000);
    }
  }

  /** A byte now and then, until the other end has had enough; how many it took. */
  private static int drip(Socket socket) {
    int bytes = 0;
    try {
      while (true) {
        write(socket, "X");
        bytes++;
        socket.setSoTimeout(20);
        try {
          if (socket.getInputStream().read() < 0) {
            return bytes;
          }
        } catch (SocketTimeoutException e) {
          // still there
        }
      }
    } catch (IOException e) {
      return bytes; // closed
    }
  }

  @Test
  void body_thatDrips_isGivenUp() {
    InputStream slow =
        new InputStream() {
          @Override
          public int read() {
            LockSupport.parkNanos(5_000_000);
            return 'x';
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            target[offset] = (byte) read();
            return 1;
          }
        };

    assertThatThrownBy(() -> new Body(slow, 10_000_000).readAllBytes())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("more slowly than is allowed");
  }

  @Test
  void body_thatFlows_isRead() throws IOException {
    byte[] bytes = new byte[3_000_000];

    assertThat(new Body(new ByteArrayInputStream(bytes)).readAllBytes()).hasSize(bytes.length);
  }

  @Test
  void tls_believedAuthority_isServedAndPlainTextIsNot() throws Exception {
    Certificates authority = new Certificates(folder, "ca");
    Certificates.Issued issued = authority.of("node", "localhost");
    Tls tls = Tls.pem(issued.certificate(), issued.key(), authority.trusted("ca"));
    try (HttpInterface secured =
        HttpInterface.start("127.0.0.1", 0, new HttpSecurity(tls.serving(), Tokens.NONE))) {
      secured.serve(node);
      URI uri = URI.create("https://localhost:" + secured.port() + "/status");
      assertThat(status(folder, "ca", uri)).isEqualTo(200);

      assertThatThrownBy(
              () -> client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(
              () ->
                  client.send(
                      HttpRequest.newBuilder(URI.create(uri.toString().replace("https", "http")))
                          .build(),
                      BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);

      Certificates.Issued next = new Certificates(folder, "next").of("renewed", "localhost");
      Certificates.replace(issued.certificate(), next.certificate());
      Certificates.replace(issued.key(), next.key());
      assertThat(tls.refresh()).isTrue();
      assertThat(status(folder, "next", uri)).isEqualTo(200);
      assertThatThrownBy(() -> status(folder, "ca", uri)).isInstanceOf(SSLException.class);
    }
  }

  private static int status(Path folder, String authority, URI uri) throws Exception {
    try (HttpClient https =
        HttpClient.newBuilder()
            .sslContext(Tls.trusting(folder.resolve(authority + "-ca.pem")))
            .build()) {
      return https.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).statusCode();
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket.setSoTimeout(20_000);
      write(socket, request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return ""; // reset
    }
  }
}
