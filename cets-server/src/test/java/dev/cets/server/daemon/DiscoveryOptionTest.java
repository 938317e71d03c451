package dev.cets.server.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryOptionTest {
  @TempDir private Path directory;

  @Test
  void parse_static_listsItsAddresses() throws IOException {
    assertThat(
            DiscoveryOption.parse("static:a:1,[::1]:2")
                .backEnd(0, JdbcSettings.defaults())
                .discover())
        .containsExactlyInAnyOrder(new NodeAddress("a", 1), new NodeAddress("::1", 2));
  }

  @Test
  void parse_file_readsIt() throws IOException {
    Path file = Files.writeString(directory.resolve("nodes:1.txt"), "a:1\n");
    assertThat(DiscoveryOption.parse("file:" + file).backEnd(0, JdbcSettings.defaults()).discover())
        .containsExactly(new NodeAddress("a", 1));
  }

  @Test
  void parse_dns_saysNamePortAndServer() {
    assertThat(description("dns:nodes.example")).isEqualTo("DNS name nodes.example");
    assertThat(description("dns:nodes:7800")).isEqualTo("DNS name nodes");
    assertThat(description("dns:nodes@10.0.0.10")).isEqualTo("DNS name nodes at 10.0.0.10:53");
    assertThat(description("dns:nodes:7800@[fd00::1]:5353"))
        .isEqualTo("DNS name nodes at [fd00::1]:5353");
    assertThat(description("dns:nodes@[fd00::1]")).isEqualTo("DNS name nodes at [fd00::1]:53");
    assertThat(description("dns:_cets._tcp.nodes@a"))
        .isEqualTo("DNS service _cets._tcp.nodes at a:53");
  }

  private static String description(String text) {
    return DiscoveryOption.parse(text).backEnd(7800, JdbcSettings.defaults()).description();
  }

  @Test
  void backEnd_dnsWithoutPortAndAnyOwnPort_saysWhatIsNeeded() {
    DiscoveryOption option = DiscoveryOption.parse("dns:nodes");

    assertThatThrownBy(() -> option.backEnd(0, JdbcSettings.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'dns:nodes': the port of the nodes is needed, as in dns:nodes:7800");
    assertThat(DiscoveryOption.parse("dns:nodes:1").backEnd(0, JdbcSettings.defaults()))
        .isNotNull();
    assertThat(DiscoveryOption.parse("dns:_cets._tcp.nodes").backEnd(0, JdbcSettings.defaults()))
        .isNotNull();
  }

  @Test
  void parse_jdbcUrl_isShownWithoutItsPassword() {
    DiscoveryOption option =
        DiscoveryOption.parse("jdbc:postgresql://db:5432/chat?user=u&password=secret");

    assertThat(option).hasToString("jdbc:postgresql://db:5432/chat");
    assertThat(option.backEnd(0, JdbcSettings.defaults()).description())
        .isEqualTo("jdbc:postgresql://db:5432/chat");
    assertThat(new JdbcSettings("u", "secret", "nodes", true, Duration.ofHours(1)).toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "dns: | nothing stands after 'dns:'",
        "dns:a b | DNS name is 'a b'",
        "dns:a:x | the port must be a number",
        "dns:a:0 | port is 0",
        "dns:_a._tcp.b:7800 | the records of a service have ports of their own",
        "dns:a@ | ':53' is no address",
        "dns:a@b:x | the port must be a number",
        "jdbc:url | no database driver that is on the class path takes jdbc:url;",
        "jdbc:mysql://u:secret@h/d?p=secret | takes jdbc:mysql://h/d;",
        "jdbc:postgresql://h | takes jdbc:postgresql://h;",
        "jdbc:postgresql://h:x/d | takes jdbc:postgresql://h:x/d;",
        "jdbc:mariadb://h:x/d | the driver cannot read jdbc:mariadb://h:x/d: Incorrect port",
        "nodes.txt | 'nodes.txt' is no discovery that is available",
        "file: | nothing stands after 'file:'",
        "static:a | 'a' is no address",
        "static:a:1,,b:2 | '' is no address",
      })
  void parse_whatIsNoDiscovery_saysWhatIsAllowed(String text, String message) {
    assertThatThrownBy(() -> DiscoveryOption.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith(
            "file:PATH, static:HOST:PORT,HOST:PORT, dns:NAME[:PORT][@SERVER[:PORT]],"
                + " jdbc:postgresql://HOST[:PORT]/DATABASE and jdbc:mariadb://HOST[:PORT]/DATABASE"
                + " (of MySQL too) are allowed");
  }
}
