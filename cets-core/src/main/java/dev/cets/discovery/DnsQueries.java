package dev.cets.discovery;

import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * The queries of one question, by the DNS provider of the JDK: nothing is kept from one question to
 * the next, each query has its time, and servers may be given. Blocks.
 */
final class DnsQueries implements AutoCloseable {
  /** Then the query is sent once more, and has twice this time. */
  static final int FIRST_TRY_MILLIS = 1_000;

  private static final int TRIES = 2;

  /** After which no further query is begun. */
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final DirContext context;
  private final long beganNanos = System.nanoTime();

  /**
   * Opens nothing yet.
   *
   * @param servers none: those of the system
   */
  DnsQueries(List<NodeAddress> servers, int firstTryMillis) throws IOException {
    @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
    Hashtable<String, Object> settings = new Hashtable<>();
    settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    settings.put(Context.PROVIDER_URL, url(servers));
    settings.put("com.sun.jndi.dns.timeout.initial", String.valueOf(firstTryMillis));
    settings.put("com.sun.jndi.dns.timeout.retries", String.valueOf(TRIES));
    try {
      context = new InitialDirContext(settings);
    } catch (NoInitialContextException e) {
      throw new IOException("DNS cannot be asked: this Java lacks the module jdk.naming.dns", e);
    } catch (NamingException e) {
      throw new IOException("DNS cannot be asked: " + reason(e), e);
    }
  }

  private static String url(List<NodeAddress> servers) {
    return servers.isEmpty()
        ? "dns:"
        : servers.stream().map(server -> "dns://" + server).collect(Collectors.joining(" "));
  }

  /**
   * The texts of the records of one type.
   *
   * @return none if the name exists without such records; empty if it does not exist
   * @throws IOException if that cannot be known now; the message says why
   */
  @SuppressWarnings("BanJNDI") // only the DNS provider, only names, and answers that are texts
  Optional<List<String>> records(String fullName, String type) throws IOException {
    if (System.nanoTime() - beganNanos > MAX_NANOS) {
      throw new IOException("the answers took longer than " + seconds(MAX_NANOS) + " s");
    }
    if (!DnsDiscovery.isName(fullName)) {
      throw new IOException("'" + fullName + "' is no DNS name"); // JNDI would take a URL, too
    }
    try {
      Attribute records = context.getAttributes(fullName, new String[] {type}).get(type);
      return Optional.of(records == null ? List.of() : texts(records));
    } catch (NameNotFoundException e) {
      return Optional.empty();
    } catch (NamingException e) {
      throw new IOException(reason(e), e);
    }
  }

  private static List<String> texts(Attribute records) throws NamingException {
    List<String> texts = new ArrayList<>();
    NamingEnumeration<?> values = records.getAll();
    while (values.hasMore()) {
      texts.add(String.valueOf(values.next()));
    }
    return texts;
  }

  private static String reason(NamingException e) {
    Throwable root = e.getRootCause();
    return switch (root) {
      case SocketTimeoutException timeout -> "no server has answered";
      case PortUnreachableException unreachable -> "nobody listens at the server's port";
      case null ->
          e instanceof ServiceUnavailableException
              ? "the server has failed (SERVFAIL)"
              : String.valueOf(e.getExplanation());
      default -> e.getExplanation() + ": " + root.getMessage();
    };
  }

  private static long seconds(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(nanos);
  }

  @Override
  public void close() {
    try {
      context.close();
    } catch (NamingException e) {
      // Nothing is lost by it: the answers have come.
    }
  }
}
