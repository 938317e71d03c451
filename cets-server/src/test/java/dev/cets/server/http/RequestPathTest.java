package dev.cets.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
  @Test
  void split_keyWithSlashes_staysWhole() {
    assertThat(RequestPath.split("/tables/t/records/a/b%2Fc"))
        .containsExactly("tables", "t", "records", "a/b%2Fc");
    assertThat(RequestPath.split("/tables/t/records/"))
        .containsExactly("tables", "t", "records", "");
    assertThat(RequestPath.split("/")).containsExactly("");
  }

  @Test
  void decode_percentSigns_areBytesOfUtf8AndPlusIsPlus() {
    assertThat(RequestPath.decode("a+b%20%2F%C3%A9%25")).isEqualTo("a+b /é%");
    assertThat(RequestPath.decode("plain")).isEqualTo("plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "%zz", "%C3", "%FF", "a%"})
  void decode_brokenSequences_areRefused(String raw) {
    assertThatThrownBy(() -> RequestPath.decode(raw))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(400))
        .hasMessageContaining("'" + raw + "'");
  }
}
