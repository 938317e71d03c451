package dev.cets.discovery;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** A file of addresses. */
@SuppressWarnings("DoNotCallSuggester")
public record FileDiscovery(Path path) implements Discovery {
  @Override
  public Set<NodeAddress> discover() throws IOException {
    throw new UnsupportedOperationException();
  }
}
