package dev.cets.server.http;

import io.helidon.webserver.http.ServerRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters behind the question mark. */
final class QueryParameters {
  static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(10);
  private static final BigDecimal MIN_SECONDS = new BigDecimal("0.001");
  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(3600);

  private final ServerRequest request;

  QueryParameters(ServerRequest request, String... allowed) {
    this.request = request;
    for (String name : request.query().names()) {
      if (!List.of(allowed).contains(name)) {
        throw bad(
            "query parameter '%s' is unknown; allowed here: %s"
                .formatted(name, allowed.length == 0 ? "none" : String.join(", ", allowed)));
      }
    }
  }

  @Nullable String text(String name) {
    return request.query().first(name).orElse(null);
  }

  /** A whole number from 0; {@code absent} if the parameter is not there. */
  long count(String name, long absent) {
    String text = text(name);
    if (text == null) {
      return absent;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw bad("%s is '%s'; a whole number from 0 is needed".formatted(name, text));
  }

  /** True or false; nothing behind the name is true; false if the parameter is not there. */
  boolean flag(String name) {
    if (!request.query().contains(name)) {
      return false;
    }
    String text = request.query().first(name).orElse("");
    if (text.isEmpty() || text.equals("true")) {
      return true;
    }
    if (text.equals("false")) {
      return false;
    }
    throw bad("%s is '%s'; true or false is needed".formatted(name, text));
  }

  /** How long a request may wait for other nodes: {@code timeout}, in seconds. */
  Duration deadline() {
    return deadline(DEFAULT_DEADLINE);
  }

  /** How long to wait for other nodes: {@code timeout}, in seconds. */
  Duration deadline(Duration absent) {
    String text = text("timeout");
    if (text == null) {
      return absent;
    }
    try {
      var seconds = new BigDecimal(text);
      if (seconds.compareTo(MIN_SECONDS) >= 0 && seconds.compareTo(MAX_SECONDS) <= 0) {
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw bad("timeout is '%s'; seconds of 0.001 to 3600 are needed".formatted(text));
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
