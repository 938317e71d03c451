package dev.cets.server.daemon;

import dev.cets.Discoveries;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.nio.file.Path;

/**
 * A discovery back end as the command line names it: {@code file:PATH}, {@code static:...}, {@code
 * dns:...} or {@code jdbc:...}.
 */
public final class DiscoveryOption {
  private static final String FORMS =
      "file:PATH, static:HOST:PORT,HOST:PORT, dns:NAME[:PORT][@SERVER[:PORT]], "
          + "jdbc:postgresql://HOST[:PORT]/DATABASE and jdbc:mariadb://HOST[:PORT]/DATABASE (of MySQL"
          + " too) are allowed";
  private static final int DNS_PORT = 53;

  private interface Maker {
    Discovery make(int ownPort, JdbcSettings database);
  }

  private final String shown;
  private final Maker maker;

  private DiscoveryOption(String shown, Maker maker) {
    this.shown = shown;
    this.maker = maker;
  }

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException with one sentence for the person at the command line
   */
  public static DiscoveryOption parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    if (kind.equals("jdbc")) {
      return jdbc(text);
    }
    if (!kind.equals("file") && !kind.equals("static") && !kind.equals("dns")) {
      throw new IllegalArgumentException(
          "'%s': '%s' is no discovery that is available; %s".formatted(text, kind, FORMS));
    }
    if (rest.isBlank()) {
      throw new IllegalArgumentException(
          "'%s': nothing stands after '%s:'; %s".formatted(text, kind, FORMS));
    }
    try {
      return new DiscoveryOption(text, maker(kind, rest));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s': %s; %s".formatted(text, e.getMessage(), FORMS), e);
    }
  }

  /** What is shown of it tells no password. */
  private static DiscoveryOption jdbc(String url) {
    try {
      String shown = JdbcSettings.defaults().backEnd(url).description();
      return new DiscoveryOption(shown, (ownPort, database) -> database.backEnd(url));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + "; " + FORMS, e);
    }
  }

  private static Maker maker(String kind, String rest) {
    if (kind.equals("dns")) {
      return dns(rest);
    }
    Discovery discovery =
        kind.equals("file") ? Discoveries.file(Path.of(rest)) : Discoveries.of(rest.split(",", -1));
    return (ownPort, database) -> discovery;
  }

  /** A name that begins with an underscore is a service, whose records tell the ports. */
  private static Maker dns(String rest) {
    int at = rest.indexOf('@');
    NodeAddress[] servers =
        at < 0 ? new NodeAddress[0] : new NodeAddress[] {server(rest.substring(at + 1))};
    String target = at < 0 ? rest : rest.substring(0, at);
    int colon = target.indexOf(':');
    String name = colon < 0 ? target : target.substring(0, colon);
    if (name.startsWith("_")) {
      if (colon >= 0) {
        throw new IllegalArgumentException("the records of a service have ports of their own");
      }
      Discovery discovery = Discoveries.dnsService(name, servers);
      return (ownPort, database) -> discovery;
    }
    if (colon >= 0) {
      Discovery discovery = Discoveries.dns(name, NodeAddress.parse(target).port(), servers);
      return (ownPort, database) -> discovery;
    }
    var unused =
        Discoveries.dns(name, DNS_PORT, servers); // checks the name, before any port is known
    return (ownPort, database) -> {
      if (ownPort == 0) {
        throw new IllegalArgumentException(
            "'dns:%s': the port of the nodes is needed, as in dns:%s:7800, since this one's is any"
                    .formatted(rest, name)
                + " free one");
      }
      return Discoveries.dns(name, ownPort, servers);
    };
  }

  private static NodeAddress server(String text) {
    boolean hasPort = text.lastIndexOf(':') > text.lastIndexOf(']');
    return NodeAddress.parse(hasPort ? text : text + ":" + DNS_PORT);
  }

  /**
   * The back end.
   *
   * @param ownPort where this node listens for others; 0: any free one
   * @param database what a URL of a database does not say
   * @throws IllegalArgumentException if it does not say the port of the others, and this one is 0
   */
  public Discovery backEnd(int ownPort, JdbcSettings database) {
    return maker.make(ownPort, database);
  }

  @Override
  public String toString() {
    return shown;
  }
}
