package dev.cets.engine;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Whether a port may be opened as it is asked for. */
public final class Exposure {
  private Exposure() {}

  /**
   * Why not, as one sentence; null if it may be.
   *
   * @param secured whether there is all that keeps others out
   * @param insecure whether it was said knowingly that nothing need be
   */
  public static @Nullable String problem(InetAddress bound, boolean secured, boolean insecure) {
    return secured || insecure || bound.isLoopbackAddress()
        ? null
        : bound.getHostAddress()
            + " can be reached from other machines, so tls and secret are both needed;"
            + " insecure() allows it without";
  }
}
