package dev.cets.architecture;

import dev.cets.CetsNode;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the classes of the library are, without those of the tests. */
final class MainClasses {
  private MainClasses() {}

  static Path path() {
    try {
      return Path.of(CetsNode.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
