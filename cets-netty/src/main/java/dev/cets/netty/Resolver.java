package dev.cets.netty;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns host names into addresses, off the loop.
 *
 * <p>A look-up has a platform thread of its own: the JDK asks the name service in native code,
 * which holds the carrier of a virtual thread, and two slow names would hold all carriers of a
 * small machine. There is one look-up per name at a time, so a dead name server costs one thread
 * per name.
 */
final class Resolver {
  private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> running =
      new ConcurrentHashMap<>();

  /** Completes on any thread, with at least one address or an {@link UnknownHostException}. */
  CompletableFuture<List<InetAddress>> resolve(String host) {
    InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
    if (literal != null) {
      return CompletableFuture.completedFuture(List.of(literal));
    }
    return running.computeIfAbsent(host, this::lookUp);
  }

  private CompletableFuture<List<InetAddress>> lookUp(String host) {
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
