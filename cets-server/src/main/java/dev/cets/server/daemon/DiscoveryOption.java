package dev.cets.server.daemon;

import dev.cets.Discoveries;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * A discovery back end as the command line names it: {@code file:PATH}, {@code static:...} or
 * {@code dns:...}.
 */
public final class DiscoveryOption {
  private static final String FORMS =
      "file:PATH, static:HOST:PORT,HOST:PORT and dns:NAME[:PORT][@SERVER[:PORT]] are allowed";
  private static final int DNS_PORT = 53;

  private final String text;
  private final IntFunction<Discovery> backEnd;

  private DiscoveryOption(String text, IntFunction<Discovery> backEnd) {
    this.text = text;
    this.backEnd = backEnd;
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
    if (!kind.equals("file") && !kind.equals("static") && !kind.equals("dns")) {
      throw new IllegalArgumentException(
          "'%s': '%s' is no discovery that is available; %s".formatted(text, kind, FORMS));
    }
    if (rest.isBlank()) {
      throw new IllegalArgumentException(
          "'%s': nothing stands after '%s:'; %s".formatted(text, kind, FORMS));
    }
    try {
      return new DiscoveryOption(text, backEnd(kind, rest));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s': %s; %s".formatted(text, e.getMessage(), FORMS), e);
    }
  }

  private static IntFunction<Discovery> backEnd(String kind, String rest) {
    if (kind.equals("dns")) {
      return dns(rest);
    }
    Discovery discovery =
        kind.equals("file") ? Discoveries.file(Path.of(rest)) : Discoveries.of(rest.split(",", -1));
    return ownPort -> discovery;
  }

  /** A name that begins with an underscore is a service, whose records tell the ports. */
  private static IntFunction<Discovery> dns(String rest) {
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
      return ownPort -> discovery;
    }
    if (colon >= 0) {
      Discovery discovery = Discoveries.dns(name, NodeAddress.parse(target).port(), servers);
      return ownPort -> discovery;
    }
    var unused =
        Discoveries.dns(name, DNS_PORT, servers); // checks the name, before any port is known
    return ownPort -> {
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
   * @throws IllegalArgumentException if it does not say the port of the others, and this one is 0
   */
  public Discovery backEnd(int ownPort) {
    return backEnd.apply(ownPort);
  }

  @Override
  public String toString() {
    return text;
  }
}
