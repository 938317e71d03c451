package dev.cets.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cets.server.json.RawElements;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** The daemon's HTTP interface, seen from the other end. Safe for use by many threads. */
public final class DaemonClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int NOT_FOUND = 404;

  /** A write that ends at its deadline is answered a little later. */
  private static final Duration ANSWER_SLACK = Duration.ofSeconds(2);

  /** How long other nodes may take to tell how they see their cluster. */
  private static final Duration NODES_LIMIT = Duration.ofSeconds(2);

  private final DaemonAddress address;
  private final Duration timeout;

  /** Of a whole answer; where that is a stream, of what comes next in it. */
  private final Duration patience;

  private final DaemonTrust trust;
  private final HttpClient http;

  /** As the other, over plain HTTP and without a token. */
  public DaemonClient(DaemonAddress address, Duration timeout) {
    this(address, timeout, DaemonTrust.NONE);
  }

  /** Each request may take this long. */
  public DaemonClient(DaemonAddress address, Duration timeout, DaemonTrust trust) {
    this(address, timeout, ANSWER_SLACK, trust);
  }

  DaemonClient(DaemonAddress address, Duration timeout, Duration slack, DaemonTrust trust) {
    this.address = address;
    this.timeout = timeout;
    this.patience = timeout.plus(slack);
    this.trust = trust;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout);
    if (trust.tls() != null) {
      builder.sslContext(trust.tls());
    }
    this.http = builder.build();
  }

  /** The node's status. */
  public JsonNode status() throws DaemonFailure {
    return json(send(get("/status")));
  }

  /** What the daemon has counted, in the text format of Prometheus; empty if it serves none. */
  public Optional<String> metrics() throws DaemonFailure {
    try {
      return Optional.of(new String(send(get("/metrics")), StandardCharsets.UTF_8));
    } catch (DaemonFailure e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What every node of the cluster knows. */
  public JsonNode clusterStatus() throws DaemonFailure {
    Duration deadline = timeout.compareTo(NODES_LIMIT) < 0 ? timeout : NODES_LIMIT;
    return json(send(get("/status?all=true&timeout=" + deadline.toMillis() / 1000.0)));
  }

  /** The node's tables. */
  public JsonNode tables() throws DaemonFailure {
    return json(send(get("/tables")));
  }

  /** Is the node in step with all that it can reach? */
  public boolean isReady() throws DaemonFailure {
    try {
      send(get("/health/ready"));
      return true;
    } catch (DaemonFailure e) {
      if (e.status() == 503) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The record of a key, as its JSON text, or those of a bag's key as an array; a failure with
   * status 404 if there is none.
   */
  public byte[] get(String table, String key) throws DaemonFailure {
    return send(get(path(table) + "/" + encode(key)));
  }

  /** Writes one record, whose JSON may have several lines. */
  public JsonNode insert(String table, byte[] record) throws DaemonFailure {
    return post(table, "application/json", record);
  }

  /** Writes one record if its key has none; else the records that stand, as their JSON texts. */
  public List<String> insertNew(String table, byte[] record) throws DaemonFailure {
    HttpRequest.Builder request =
        request("POST", path(table) + deadline() + "&mode=new", BodyPublishers.ofByteArray(record));
    HttpResponse<InputStream> response = exchange(request.build());
    byte[] body = whole(response);
    if (response.statusCode() == 200) {
      return List.of();
    }
    List<String> standing = response.statusCode() == 409 ? standing(body) : List.of();
    if (standing.isEmpty()) {
      throw refusal(response.statusCode(), body);
    }
    return standing;
  }

  private List<String> standing(byte[] problem) throws DaemonFailure {
    try {
      return RawElements.ofField(problem, "standing");
    } catch (IOException e) {
      throw notJson(e);
    }
  }

  /** Writes JSON lines, one record each. */
  public JsonNode insertLines(String table, byte[] lines) throws DaemonFailure {
    return post(table, "application/x-ndjson", lines);
  }

  private JsonNode post(String table, String type, byte[] body) throws DaemonFailure {
    HttpRequest.Builder request =
        request("POST", path(table) + deadline(), BodyPublishers.ofByteArray(body));
    return json(send(request.header("Content-Type", type)));
  }

  /** Compares a table with those of the other nodes. */
  public JsonNode compare(String table) throws DaemonFailure {
    String path = "/tables/" + encode(table) + "/compare" + deadline();
    return json(send(request("POST", path, BodyPublishers.noBody())));
  }

  /** Removes the record of a key. */
  public JsonNode delete(String table, String key) throws DaemonFailure {
    String path = path(table) + "/" + encode(key) + deadline();
    return json(send(request("DELETE", path, BodyPublishers.noBody())));
  }

  /**
   * Copies records as JSON lines. The time limit counts up to the first byte of the answer, and
   * then from each part of it to the next.
   *
   * @param query which ones: {@code from}, {@code to}, {@code prefix}, {@code limit}, {@code
   *     descending}; all of them if empty. With {@code node} as that node shows them
   * @throws IOException if the given stream fails
   */
  public void dump(String table, Map<String, String> query, OutputStream out)
      throws DaemonFailure, IOException {
    HttpRequest request = get(path(table) + deadline() + text(query)).build();
    HttpResponse<InputStream> response = exchange(request);
    if (response.statusCode() != 200) {
      throw refusal(response.statusCode(), whole(response));
    }
    try (InputStream body = response.body();
        Patience reading = new Patience(patience)) {
      byte[] chunk = new byte[64 * 1024];
      Patience.Read<Integer> next = () -> body.read(chunk);
      for (int n = within(reading, next); n >= 0; n = within(reading, next)) {
        out.write(chunk, 0, n);
      }
    }
  }

  /**
   * Follows a table, beginning with all records if there is to be a snapshot.
   *
   * @param silenceLimit how long the daemon may be silent before it is taken for dead
   */
  public WatchReader watch(String table, boolean snapshot, Duration silenceLimit)
      throws DaemonFailure {
    String path = "/tables/" + encode(table) + "/watch" + (snapshot ? "?snapshot=true" : "");
    HttpResponse<InputStream> response = exchange(get(path).build());
    if (response.statusCode() != 200) {
      throw refusal(response.statusCode(), whole(response));
    }
    return new WatchReader(response.body(), address, silenceLimit);
  }

  private byte[] whole(HttpResponse<InputStream> response) throws DaemonFailure {
    try (InputStream body = response.body();
        Patience reading = new Patience(patience)) {
      return within(reading, body::readAllBytes);
    } catch (IOException e) {
      throw brokeOff(e);
    }
  }

  /** The client's own limit of time ends with the head of the answer. */
  private <T> T within(Patience reading, Patience.Read<T> read) throws DaemonFailure {
    try {
      return reading.await(read);
    } catch (TimeoutException e) {
      throw new DaemonFailure(
          "the answer of %s stopped, and did not go on within %s s; what came is not everything"
              .formatted(address, patience.toMillis() / 1000.0));
    } catch (IOException e) {
      throw brokeOff(e);
    }
  }

  private DaemonFailure brokeOff(IOException e) {
    return new DaemonFailure(
        "the answer of %s broke off: %s; what came is not everything"
            .formatted(address, e.getMessage()));
  }

  private byte[] send(HttpRequest.Builder request) throws DaemonFailure {
    HttpResponse<InputStream> response = exchange(request.build());
    byte[] body = whole(response);
    if (response.statusCode() != 200) {
      throw refusal(response.statusCode(), body);
    }
    return body;
  }

  private HttpRequest.Builder get(String path) {
    return request("GET", path, BodyPublishers.noBody());
  }

  private HttpRequest.Builder request(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.uri(trust.tls() != null, path))
            .timeout(patience)
            .method(method, body);
    return trust.token() == null
        ? request
        : request.header("Authorization", "Bearer " + trust.token());
  }

  /** Returns when the head of the answer is there. */
  private HttpResponse<InputStream> exchange(HttpRequest request) throws DaemonFailure {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new DaemonFailure(
          "cannot reach a daemon at %s; is one running there? --http [HOST:]PORT names another"
              .formatted(address));
    } catch (HttpTimeoutException e) {
      throw new DaemonFailure(
          "no answer from %s within %s s; --timeout SECONDS allows more"
              .formatted(address, timeout.toMillis() / 1000.0));
    } catch (SSLException e) {
      throw new DaemonFailure(
          "%s is not believed, or serves no TLS: %s; --ca FILE names the authority of its certificate"
              .formatted(address, e.getMessage()));
    } catch (IOException e) {
      throw new DaemonFailure(
          "the connection with %s broke: %s; whether the request was carried out is not known%s"
              .formatted(
                  address,
                  e.getMessage(),
                  trust.tls() == null ? ". A daemon that serves TLS needs --ca FILE" : ""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DaemonFailure("interrupted while waiting for " + address);
    }
  }

  private DaemonFailure refusal(int status, byte[] body) {
    try {
      JsonNode problem = JSON.readTree(body);
      if (problem.hasNonNull("detail")) {
        return new DaemonFailure(problem.get("detail").asText(), status, problem);
      }
      if (problem.hasNonNull("reasons")) {
        return new DaemonFailure("not ready: " + problem.get("reasons"), status, problem);
      }
    } catch (IOException e) {
      // Told below.
    }
    return new DaemonFailure(
        "%s answered with HTTP status %d and without a reason; is it a cets daemon?"
            .formatted(address, status));
  }

  private JsonNode json(byte[] body) throws DaemonFailure {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw notJson(e);
    }
  }

  private DaemonFailure notJson(IOException e) {
    return new DaemonFailure(address + " answered something that is not JSON: " + e.getMessage());
  }

  private static String text(Map<String, String> query) {
    return query.entrySet().stream()
        .map(parameter -> "&" + parameter.getKey() + "=" + encode(parameter.getValue()))
        .collect(Collectors.joining());
  }

  private String deadline() {
    return "?timeout=" + timeout.toMillis() / 1000.0;
  }

  private static String path(String table) {
    return "/tables/" + encode(table) + "/records";
  }

  /** Dots too: some programs take a part of one or two dots for a way up. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace(".", "%2E");
  }

  /** Lets go of the connections. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
