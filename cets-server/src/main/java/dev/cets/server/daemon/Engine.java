package dev.cets.server.daemon;

import dev.cets.jgroups.JGroupsTransport;
import dev.cets.netty.NettyTransport;
import dev.cets.spi.Transport;
import java.util.Locale;

/** What carries the frames between nodes. All nodes of a cluster use the same. */
public enum Engine {
  /** One TCP connection per pair of nodes. */
  NETTY {
    @Override
    Transport transport(NodeSettings settings) {
      NettyTransport.Builder builder =
          NettyTransport.builder().bind(settings.bind()).port(settings.port());
      if (settings.advertise() != null) {
        settings.advertise().applyTo(builder);
      }
      Protection protection = settings.protection();
      if (protection.tls() != null) {
        builder.tls(protection.tls());
      }
      if (protection.secret() != null) {
        builder.secret(protection.secret());
      }
      if (protection.insecure()) {
        builder.insecure();
      }
      return builder.build();
    }
  },

  /** A JGroups channel of the node's own, over TCP. */
  JGROUPS {
    @Override
    Transport transport(NodeSettings settings) {
      JGroupsTransport.Builder builder =
          JGroupsTransport.builder().bind(settings.bind()).port(settings.port());
      if (settings.advertise() != null) {
        settings.advertise().applyTo(builder);
      }
      Protection protection = settings.protection();
      if (protection.tls() != null) {
        builder.tls(protection.tls());
      }
      if (protection.secret() != null) {
        builder.secret(protection.secret());
      }
      if (protection.insecure()) {
        builder.insecure();
      }
      return builder.build();
    }
  };

  /** A transport that is not started. */
  abstract Transport transport(NodeSettings settings);

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException with one sentence
   */
  public static Engine parse(String text) {
    for (Engine engine : values()) {
      if (engine.toString().equals(text)) {
        return engine;
      }
    }
    throw new IllegalArgumentException("engine is '" + text + "'; netty and jgroups are allowed");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
