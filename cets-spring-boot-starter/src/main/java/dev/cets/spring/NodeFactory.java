package dev.cets.spring;

import dev.cets.CetsNode;
import dev.cets.Discoveries;
import dev.cets.netty.NettyTransport;
import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Makes of properties what the library takes. A value that it refuses is told with its name. */
final class NodeFactory {
  /** In a cluster of one nobody else can have it. */
  private static final String ONLY_NODE = "local";

  /** So that a host alone can be checked as an address. */
  private static final int ANY_PORT = 1;

  private final CetsProperties properties;

  NodeFactory(CetsProperties properties) {
    this.properties = properties;
  }

  boolean isAlone() {
    return properties.transport() == CetsProperties.Engine.NONE;
  }

  CetsNode.Builder node() {
    CetsNode.Builder node = checked("cets.node-name", name(), () -> CetsNode.builder(name()));
    checked("cets.cluster", properties.cluster(), () -> node.cluster(properties.cluster()));
    checked(
        "cets.write-deadline",
        properties.writeDeadline(),
        () -> node.writeDeadline(properties.writeDeadline()));
    checked("cets.beat", properties.beat(), () -> node.beat(properties.beat()));
    return checked(
        "cets.silence-limit",
        properties.silenceLimit(),
        () -> node.silenceLimit(properties.silenceLimit()));
  }

  private String name() {
    String name = properties.nodeName();
    if (name != null) {
      return name;
    }
    if (isAlone()) {
      return ONLY_NODE;
    }
    throw invalid(
        "cets.node-name",
        null,
        "a node needs a name that no other node of the cluster has, the same after a restart");
  }

  List<Discovery> discoveries() {
    CetsProperties.Discovery wanted = properties.discovery();
    List<Discovery> discoveries = new ArrayList<>();
    List<String> addresses = wanted.addresses();
    if (!addresses.isEmpty()) {
      discoveries.add(
          checked(
              "cets.discovery.addresses",
              addresses,
              () -> Discoveries.of(addresses.toArray(String[]::new))));
    }
    Path file = wanted.file();
    if (file != null) {
      discoveries.add(Discoveries.file(file));
    }
    String dns = wanted.dns();
    if (dns != null) {
      discoveries.add(checked("cets.discovery.dns", dns, () -> dns(dns, wanted.dnsPort())));
    }
    return discoveries;
  }

  private Discovery dns(String name, @Nullable Integer told) {
    if (name.startsWith("_")) {
      return Discoveries.dnsService(name);
    }
    int port = told == null ? properties.port() : told;
    if (port == 0) {
      throw invalid(
          "cets.discovery.dns-port", told, "the port of the nodes is needed, since cets.port is 0");
    }
    return Discoveries.dns(name, port);
  }

  /** Not started, but to be closed. */
  Transport netty() {
    NettyTransport.Builder netty = NettyTransport.builder().bind(properties.bind());
    checked("cets.port", properties.port(), () -> netty.port(properties.port()));
    String advertise = properties.advertise();
    if (advertise != null) {
      checked("cets.advertise", advertise, () -> advertise(netty, advertise));
    }
    Tls tls = tls();
    if (tls != null) {
      netty.tls(tls);
    }
    Path secret = properties.secretFile();
    if (secret != null) {
      netty.secret(checked("cets.secret-file", secret, () -> Secret.file(secret)));
    }
    if (properties.insecure()) {
      netty.insecure();
    }
    return checked("cets.bind", properties.bind(), netty::build);
  }

  private @Nullable Tls tls() {
    CetsProperties.Tls files = properties.tls();
    Path certificate = files.certificate();
    Path key = files.key();
    Path trusted = files.trusted();
    if (certificate == null && key == null && trusted == null) {
      return null;
    }
    if (certificate == null || key == null || trusted == null) {
      throw invalid("cets.tls", files, "certificate, key and trusted go together");
    }
    Tls tls = checked("cets.tls", files, () -> Tls.pem(certificate, key, trusted));
    return files.hostNames() ? tls : tls.withoutHostNames();
  }

  private static NettyTransport.Builder advertise(NettyTransport.Builder netty, String text) {
    boolean bracketed = text.startsWith("[");
    boolean withPort =
        bracketed ? text.contains("]:") : text.chars().filter(c -> c == ':').count() == 1;
    if (withPort) {
      return netty.advertise(NodeAddress.parse(text));
    }
    // More colons than one and no brackets: an IPv6 literal.
    String host = bracketed && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    return netty.advertise(new NodeAddress(host, ANY_PORT).host());
  }

  private static <T> T checked(String property, Object value, Supplier<T> use) {
    try {
      return use.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationPropertyValueException(
          property, value, String.valueOf(e.getMessage()), e);
    }
  }

  private static InvalidConfigurationPropertyValueException invalid(
      String property, @Nullable Object value, String reason) {
    return new InvalidConfigurationPropertyValueException(property, value, reason);
  }
}
