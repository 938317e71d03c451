package dev.cets.examples.chat;

import io.helidon.http.NotFoundException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The page's files, as they are in the sources. */
final class Page implements HttpService {
  /** Nothing from elsewhere, nothing inline, and no text that becomes markup. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'";

  private static final Map<String, String> TYPES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "style.css", "text/css; charset=utf-8",
          "icon.svg", "image/svg+xml",
          "chat.js", "text/javascript; charset=utf-8",
          "view.js", "text/javascript; charset=utf-8",
          "pass.js", "text/javascript; charset=utf-8");

  @Override
  public void routing(HttpRules rules) {
    rules.get("/", (request, response) -> send("index.html", response)).get("/{file}", this::file);
  }

  private void file(ServerRequest request, ServerResponse response) {
    String file = request.path().pathParameters().get("file");
    if (!TYPES.containsKey(file)) {
      throw new NotFoundException("There is no such page.");
    }
    send(file, response);
  }

  private static void send(String file, ServerResponse response) {
    response
        .header("Content-Type", Objects.requireNonNull(TYPES.get(file)))
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-cache")
        .send(read(file));
  }

  private static byte[] read(String file) {
    try (InputStream in = Page.class.getResourceAsStream("page/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the page's " + file + " cannot be read", e);
    }
  }
}
