package dev.cets.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Turns host names into addresses, off the loop.
 *
 * <p>A look-up has a platform thread of its own: the JDK asks the name service in native code,
 * which holds the carrier of a virtual thread, and two slow names would hold all carriers of a
 * small machine. There is one look-up per name at a time, so a dead name server costs one thread
 * per name.
 */
public final class Resolver {
  /** What the JDK reads without asking anybody: four numbers, or whatever has a colon. */
  private static final Pattern LITERAL = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|.*:.*");

  private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> running =
      new ConcurrentHashMap<>();

  /** Without look-ups under way. */
  public Resolver() {}

  /** Does the host say by itself which address it is? */
  public static boolean isLiteral(String host) {
    return LITERAL.matcher(host).matches();
  }

  /** Completes on any thread, with at least one address or an {@link UnknownHostException}. */
  public CompletableFuture<List<InetAddress>> resolve(String host) {
    return isLiteral(host) ? read(host) : running.computeIfAbsent(host, this::ask);
  }

  private static CompletableFuture<List<InetAddress>> read(String literal) {
    try {
      return CompletableFuture.completedFuture(List.of(InetAddress.getAllByName(literal)));
    } catch (UnknownHostException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<List<InetAddress>> ask(String host) {
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("cets-resolve-" + host)
        .start(
            () -> {
              try {
                List<InetAddress> found = List.of(InetAddress.getAllByName(host));
                running.remove(host);
                answer.complete(found);
              } catch (UnknownHostException | RuntimeException e) {
                running.remove(host);
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }
}
