package dev.cets.testkit;

import dev.cets.Discoveries;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

class FileDiscoveryContractTest extends ChangingDiscoveryContract {
  private final Path file;
  private final Discovery discovery;

  FileDiscoveryContractTest(@TempDir Path directory) {
    file = directory.resolve("nodes.txt");
    discovery = Discoveries.file(file);
  }

  @Override
  protected Discovery knowing(Set<NodeAddress> nodes) throws IOException {
    Files.writeString(
        file, nodes.stream().map(NodeAddress::toString).collect(Collectors.joining("\n")));
    return discovery;
  }

  @Override
  protected void breakSource() throws IOException {
    Files.delete(file);
  }
}
