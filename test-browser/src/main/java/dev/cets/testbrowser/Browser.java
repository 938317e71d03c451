package dev.cets.testbrowser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Chromium without a window, driven over W3C WebDriver: the dozen requests that are needed,
 * in the place of a library with forty jars. It is one window; a page is left by opening another.
 */
public final class Browser implements AutoCloseable {
  /** Keys without a character, as WebDriver names them. */
  public static final String TAB = "\uE004";

  public static final String ENTER = "\uE007";
  public static final String RIGHT = "\uE014";
  public static final String DOWN = "\uE015";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);
  private static final Duration WAIT_LIMIT = Duration.ofSeconds(30);
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--window-size=1280,1000");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path profile;
  private final Process driver;
  private final String base;
  private final String session;

  /** Starts it. The test is skipped where there is none. */
  public Browser() throws Exception {
    Path chromium = tool("chromium");
    Path chromedriver = tool("chromedriver");
    if (chromium == null || chromedriver == null) {
      abort(
          "chromium or chromedriver is not installed (Debian: chromium, chromium-driver), so no"
              + " page is opened in a browser");
    }
    profile = Files.createTempDirectory("cets-browser");
    driver =
        new ProcessBuilder(String.valueOf(chromedriver), "--port=0")
            .redirectErrorStream(true)
            .start();
    String begun = null;
    try {
      base = "http://127.0.0.1:" + port();
      ObjectNode body = JSON.createObjectNode();
      ObjectNode wanted = body.putObject("capabilities").putObject("alwaysMatch");
      wanted.putObject("goog:loggingPrefs").put("browser", "ALL");
      ObjectNode options = wanted.putObject("goog:chromeOptions");
      options.put("binary", String.valueOf(chromium));
      ArrayNode arguments = options.putArray("args");
      FLAGS.forEach(arguments::add);
      arguments.add("--user-data-dir=" + profile);
      begun = send("POST", "/session", body).path("sessionId").asText();
    } finally {
      if (begun == null) {
        end();
      }
    }
    session = "/session/" + begun;
  }

  private static @Nullable Path tool(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** Reads on after it, so that the driver is never held up by what it says. */
  private int port() throws Exception {
    var port = new CompletableFuture<Integer>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader lines = driver.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  Matcher matcher = PORT.matcher(line);
                  if (matcher.find()) {
                    port.complete(Integer.valueOf(matcher.group(1)));
                  }
                }
              } catch (IOException e) {
                // Told below, as what it comes to.
              }
              port.completeExceptionally(new IOException("chromedriver has ended"));
            });
    return port.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private JsonNode send(String method, String path, JsonNode body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + path))
              .timeout(REQUEST_LIMIT)
              .method(method, BodyPublishers.ofString(body.toString()))
              .build();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return JSON.readTree(response.body()).path("value");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens a page, for people who like it dark or not. */
  public void open(String url, boolean dark) {
    prefer(dark);
    send("POST", session + "/url", JSON.createObjectNode().put("url", url));
  }

  /** Says what the person likes, from now on. */
  public void prefer(boolean dark) {
    ObjectNode body = JSON.createObjectNode().put("cmd", "Emulation.setEmulatedMedia");
    body.putObject("params")
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    send("POST", session + "/goog/cdp/execute", body);
  }

  /** Ends what the page does. */
  public void leave() {
    send("POST", session + "/url", JSON.createObjectNode().put("url", "about:blank"));
  }

  /** What this expression is on the page. */
  public JsonNode eval(String expression) {
    ObjectNode body = JSON.createObjectNode().put("script", "return " + expression);
    body.putArray("args");
    return send("POST", session + "/execute/sync", body);
  }

  /** Waits until this expression is true on the page. */
  public void await(String expression) {
    long start = System.nanoTime();
    while (!eval("Boolean(" + expression + ")").asBoolean()) {
      if (System.nanoTime() - start > WAIT_LIMIT.toNanos()) {
        fail(
            "after %d s it is still not so that %s; the page says: %s; its log: %s",
            WAIT_LIMIT.toSeconds(), expression, eval("document.body.innerText"), complaints());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** Waits until the text of an element is this. */
  public void awaitExactly(String selector, String text) {
    await(
        "document.querySelector(%s)?.textContent === %s"
            .formatted(JSON.valueToTree(selector), JSON.valueToTree(text)));
  }

  /** Waits until the text of an element has this in it. */
  public void awaitText(String selector, String part) {
    await(
        "(document.querySelector(%s)?.textContent ?? '').includes(%s)"
            .formatted(JSON.valueToTree(selector), JSON.valueToTree(part)));
  }

  /** Presses these keys, one after the other. */
  public void press(String keys) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode keyboard =
        body.putArray("actions").addObject().put("type", "key").put("id", "keyboard");
    ArrayNode actions = keyboard.putArray("actions");
    keys.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            key -> {
              actions.addObject().put("type", "keyDown").put("value", key);
              actions.addObject().put("type", "keyUp").put("value", key);
            });
    send("POST", session + "/actions", body);
  }

  /**
   * What the page has complained of since this was last asked, such as of its policy; not that a
   * node does not answer.
   */
  public List<String> complaints() {
    JsonNode entries =
        send("POST", session + "/se/log", JSON.createObjectNode().put("type", "browser"));
    return entries.findValuesAsText("message").stream()
        .filter(line -> !line.contains("net::ERR_"))
        .toList();
  }

  /** What can be seen at the moment. */
  public void screenshot(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    String image = send("GET", session + "/screenshot", JSON.createObjectNode()).asText();
    Files.write(file, Base64.getDecoder().decode(image));
  }

  @Override
  public void close() {
    try {
      send("DELETE", session, JSON.createObjectNode());
    } finally {
      end();
    }
  }

  private void end() {
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly();
    client.shutdownNow();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      // A browser that is just ending still writes; the system's temporary files are cleared.
    }
  }
}
