package dev.cets.server.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryOptionTest {
  @TempDir private Path directory;

  @Test
  void parse_static_listsItsAddresses() throws IOException {
    assertThat(DiscoveryOption.parse("static:a:1,[::1]:2").discover())
        .containsExactlyInAnyOrder(new NodeAddress("a", 1), new NodeAddress("::1", 2));
  }

  @Test
  void parse_file_readsIt() throws IOException {
    Path file = Files.writeString(directory.resolve("nodes:1.txt"), "a:1\n");
    assertThat(DiscoveryOption.parse("file:" + file).discover())
        .containsExactly(new NodeAddress("a", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "dns:name | 'dns' is no discovery that is available",
        "jdbc:url | 'jdbc' is no discovery that is available",
        "nodes.txt | 'nodes.txt' is no discovery that is available",
        "file: | nothing stands after 'file:'",
        "static:a | 'a' is no address",
        "static:a:1,,b:2 | '' is no address",
      })
  void parse_whatIsNoDiscovery_saysWhatIsAllowed(String text, String message) {
    assertThatThrownBy(() -> DiscoveryOption.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("file:PATH and static:HOST:PORT,HOST:PORT are allowed");
  }
}
