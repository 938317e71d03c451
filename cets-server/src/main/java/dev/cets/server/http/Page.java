package dev.cets.server.http;

import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's files. They hold nothing of the cluster, so everybody may have them; what they
 * show they ask for, with the token of whoever looks.
 */
final class Page {
  private static final String DIRECTORY = "dashboard";
  private static final String ENTRY = "index.html";

  /** Nothing from elsewhere, nothing inline, and no text that becomes markup. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'";

  private static final Map<String, String> TYPES =
      Map.of(
          ENTRY,
          "text/html; charset=utf-8",
          "style.css",
          "text/css; charset=utf-8",
          "icon.svg",
          "image/svg+xml",
          "app.js",
          "text/javascript; charset=utf-8",
          "api.js",
          "text/javascript; charset=utf-8",
          "dom.js",
          "text/javascript; charset=utf-8",
          "model.js",
          "text/javascript; charset=utf-8",
          "picture.js",
          "text/javascript; charset=utf-8",
          "panels.js",
          "text/javascript; charset=utf-8",
          "browser.js",
          "text/javascript; charset=utf-8");

  private final Map<String, byte[]> files = new HashMap<>();

  Page() {
    TYPES.keySet().forEach(file -> files.put(file, read(file)));
  }

  private static byte[] read(String file) {
    try (InputStream in = Page.class.getResourceAsStream(DIRECTORY + "/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the dashboard's " + file + " cannot be read", e);
    }
  }

  /** The file at this path: {@code /}, or {@code /dashboard/FILE}; null if there is none. */
  @Nullable String file(List<String> path) {
    if (path.equals(List.of(""))) {
      return ENTRY;
    }
    return path.size() == 2 && path.get(0).equals(DIRECTORY) && files.containsKey(path.get(1))
        ? path.get(1)
        : null;
  }

  void send(String file, ServerRequest request, ServerResponse response) {
    var unused = new QueryParameters(request);
    response
        .status(Status.OK_200)
        .header("Content-Type", Objects.requireNonNull(TYPES.get(file)))
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-cache")
        .send(Objects.requireNonNull(files.get(file)));
  }
}
