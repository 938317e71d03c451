package dev.cets.server.daemon;

import dev.cets.Discoveries;
import dev.cets.spi.Discovery;
import java.nio.file.Path;

/** A discovery back end as the command line names it: {@code file:PATH} or {@code static:...}. */
public final class DiscoveryOption {
  private static final String FORMS = "file:PATH and static:HOST:PORT,HOST:PORT are allowed";

  private DiscoveryOption() {}

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException with one sentence for the person at the command line
   */
  public static Discovery parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    if (!kind.equals("file") && !kind.equals("static")) {
      throw new IllegalArgumentException(
          "'%s': '%s' is no discovery that is available; %s".formatted(text, kind, FORMS));
    }
    if (rest.isBlank()) {
      throw new IllegalArgumentException(
          "'%s': nothing stands after '%s:'; %s".formatted(text, kind, FORMS));
    }
    try {
      return kind.equals("file") ? Discoveries.file(Path.of(rest)) : addresses(rest);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s': %s; %s".formatted(text, e.getMessage(), FORMS), e);
    }
  }

  private static Discovery addresses(String list) {
    return Discoveries.of(list.split(",", -1));
  }
}
