package dev.cets.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.spi.Discovery.Self;
import dev.cets.spi.NodeAddress;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no database. */
class JdbcDiscoveryTest {
  private static final String URL = "jdbc:h2:mem:unused";

  private static JdbcDiscovery.Builder builder() {
    return JdbcDiscovery.builder(URL, null, null);
  }

  @Test
  void started_aSecondNode_isRefused() {
    JdbcDiscovery discovery = Nodes.started(builder(), "a", "chat", 1);

    assertThatThrownBy(() -> discovery.started(new Self("b", "chat", 1, Nodes.address("b"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "discovery by jdbc:h2:mem:unused serves node a already, so it cannot serve node b");
  }

  @Test
  void started_nodeWithoutAnAddress_isRefused() {
    JdbcDiscovery discovery = builder().build();

    assertThatThrownBy(() -> discovery.started(new Self("a", "chat", 1, null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("node a has no transport");
  }

  @Test
  void started_longestAddress_isTakenAndOneMoreIsNot() {
    String host = "h".repeat(JdbcDiscovery.MAX_ADDRESS_CHARS - ":7800".length());
    builder().build().started(new Self("a", "chat", 1, new NodeAddress(host, 7800)));
    JdbcDiscovery discovery = builder().build();

    assertThatThrownBy(
            () -> discovery.started(new Self("a", "chat", 1, new NodeAddress(host + "h", 7800))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("301 characters; 300 are allowed");
  }

  @Test
  void discover_withoutANode_isRefused() {
    assertThatThrownBy(builder().build()::discover).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void longestInterval_anHour_isFiveMinutes() {
    assertThat(builder().build().longestInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(builder().expireAfter(Duration.ofMinutes(2)).build().longestInterval())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void firstFree_numbers_isTheLowestThatIsMissing() {
    assertThat(Registration.firstFree(Set.of())).isEqualTo(1);
    assertThat(Registration.firstFree(Set.of(1, 2, 5))).isEqualTo(3);
    assertThat(Registration.firstFree(Set.of(2, 5))).isEqualTo(1);
    assertThat(Registration.firstFree(Set.of(1, 2))).isEqualTo(3);
  }

  @Test
  void builder_urlWithoutADriver_isRefusedWithoutItsSecrets() {
    assertThatThrownBy(
            () -> JdbcDiscovery.builder("jdbc:nothing://u:secret@h/d?password=secret", "u", "p"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no database driver that is on the class path takes jdbc:nothing://h/d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:mariadb:h?password=secret | the driver cannot read jdbc:mariadb:h: error parsing url:",
        "jdbc:mariadb://h:x/d?password=secret | the driver cannot read jdbc:mariadb://h:x/d: Incor",
        "jdbc:mariadb://u:secret@h:x/d | the driver cannot read jdbc:mariadb://h:x/d: it has an @",
      })
  void builder_urlThatItsDriverCannotRead_isRefusedWithoutItsSecrets(String url, String message) {
    assertThatThrownBy(() -> JdbcDiscovery.builder(url, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("secret", "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h:5432/d?user=u&password=p, jdbc:postgresql://h:5432/d",
    "jdbc:mariadb://u:p@h/d, jdbc:mariadb://h/d",
    "jdbc:h2:tcp://h/d;USER=u;PASSWORD=p, jdbc:h2:tcp://h/d",
    "jdbc:postgresql://u:p/@h/d, jdbc:postgresql://h/d",
  })
  void description_ofAUrl_tellsNoSecrets(String url, String shown) {
    assertThat(JdbcDiscovery.withoutSecrets(url)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nodes", "_n1", "cets.nodes", "a.b.c"})
  void table_aName_isTaken(String name) {
    builder().table(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1n", "a b", "a;DROP TABLE b", "a.b.c.d", "a'", "a.", "\"a\""})
  void table_whatIsNoName_isRefused(String name) {
    assertThatThrownBy(() -> builder().table(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("table is '" + name + "'; a name of A-Z a-z 0-9 _ is needed");
  }

  @Test
  void expireAfter_limits_areWhatIsSaid() {
    builder().expireAfter(Duration.ofSeconds(1)).expireAfter(Duration.ofDays(365));

    assertThatThrownBy(() -> builder().expireAfter(Duration.ofMillis(999)))
        .hasMessage("expireAfter is PT0.999S; PT1S to PT8760H is allowed");
    assertThatThrownBy(() -> builder().expireAfter(Duration.ofDays(366)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deadline_limits_areWhatIsSaid() {
    builder().deadline(Duration.ofMillis(100)).deadline(Duration.ofSeconds(30));

    assertThatThrownBy(() -> builder().deadline(Duration.ofMillis(99)))
        .hasMessage("deadline is PT0.099S; PT0.1S to PT30S is allowed");
    assertThatThrownBy(() -> builder().deadline(Duration.ofSeconds(31)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
