package dev.cets.server.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cets.CetsNode;
import dev.cets.netty.NettyTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertiseOptionTest {
  @ParameterizedTest
  @CsvSource({
    "node-1.example,node-1.example",
    "10.0.0.7,10.0.0.7",
    "node-1.example:7000,node-1.example:7000",
    "fd00::7,fd00::7",
    "[fd00::7],fd00::7",
    "[fd00::7]:7000,[fd00::7]:7000",
  })
  void parse_hostsWithAndWithoutPort(String text, String expected) {
    assertThat(AdvertiseOption.parse(text)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a:", "a:x", "a:0", "a:70000", "[fd00::7]:x", ":7000"})
  void parse_whatIsNoAddress_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AdvertiseOption.parse(text));
  }

  @Test
  void applyTo_transport_isWhatPeersAreTold() {
    NettyTransport.Builder builder = NettyTransport.builder();
    AdvertiseOption.parse("node-1.example:7000").applyTo(builder);
    try (CetsNode node = CetsNode.builder("a").transport(builder.build()).start()) {
      assertThat(node.address()).hasToString("node-1.example:7000");
    }
  }
}
