package dev.cets.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The node of an application. What is absent here has the default of {@link
 * dev.cets.CetsNode.Builder}, and can be set by a {@link CetsNodeCustomizer}.
 *
 * @param enabled Whether the application has a node.
 * @param transport How the node reaches others; with 'none' it is a cluster of one, and discovery,
 *     TLS and secret do not count.
 * @param cluster Name of the cluster; nodes of other clusters are refused.
 * @param nodeName Name of this node, unlike that of every other node of the cluster and the same
 *     after a restart. Needed, unless the transport is 'none'.
 * @param bind Local host name or IP to listen on for other nodes.
 * @param port Port to listen on for other nodes; 0 is any free one.
 * @param advertise Where other nodes reach this one, as 'host' or 'host:port'; the bound address
 *     unless told.
 * @param insecure Whether a port that other machines can reach may be opened without TLS and
 *     secret.
 * @param secretFile File with the secret that all nodes of the cluster know.
 * @param tls Certificates of this node, and which ones it trusts.
 * @param discovery Whom to look for.
 * @param metrics The meters of this node.
 * @param readyTimeout How long the start of the application waits until the node has joined; it
 *     fails then. With 0 it does not wait.
 * @param writeDeadline How long a write waits for other nodes.
 * @param beat How often nodes tell each other that they live.
 * @param silenceLimit How long a node may be silent before it is held to be down.
 */
@ConfigurationProperties("cets")
public record CetsProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("netty") Engine transport,
    @DefaultValue("cets") String cluster,
    @Nullable String nodeName,
    @DefaultValue("127.0.0.1") String bind,
    @DefaultValue("0") int port,
    @Nullable String advertise,
    @DefaultValue("false") boolean insecure,
    @Nullable Path secretFile,
    @DefaultValue Tls tls,
    @DefaultValue Discovery discovery,
    @DefaultValue Metrics metrics,
    @DefaultValue("30s") Duration readyTimeout,
    @DefaultValue("10s") Duration writeDeadline,
    @DefaultValue("1s") Duration beat,
    @DefaultValue("8s") Duration silenceLimit) {

  /** What carries the frames between nodes. */
  public enum Engine {
    /** Over TCP, unless there is a bean of {@link dev.cets.spi.Transport}. */
    NETTY,
    /** Nothing does: a cluster of one, such as in tests. */
    NONE
  }

  /**
   * All three files, or none.
   *
   * @param certificate PEM file with the certificate of this node, and behind it those of
   *     authorities in between.
   * @param key PEM file with its private key, as PKCS#8 without a password.
   * @param trusted PEM file with the authorities whose certificates are believed.
   * @param hostNames Whether a certificate must be for the host name that is dialled.
   */
  public record Tls(
      @Nullable Path certificate,
      @Nullable Path key,
      @Nullable Path trusted,
      @DefaultValue("true") boolean hostNames) {}

  /**
   * Several may be given: all answers count, and so do those of beans of {@link
   * dev.cets.spi.Discovery}.
   *
   * @param addresses Addresses of nodes, each 'host:port'.
   * @param file File with addresses of nodes, read again when it changes.
   * @param dns Name of DNS with an address for each node; one that begins with '_' is that of a
   *     service, whose records tell the ports.
   * @param dnsPort Port of the nodes of that name; the port of this node unless told.
   */
  public record Discovery(
      @DefaultValue List<String> addresses,
      @Nullable Path file,
      @Nullable String dns,
      @Nullable Integer dnsPort) {}

  /**
   * They need {@code cets-micrometer} and a registry of Micrometer.
   *
   * @param enabled Whether the meters of the node are in the registry of the application.
   */
  public record Metrics(@DefaultValue("true") boolean enabled) {}
}
