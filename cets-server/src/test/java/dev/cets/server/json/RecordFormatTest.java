package dev.cets.server.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFormatTest {
  private final RecordFormat format = new RecordFormat("id");

  private JsonRecord read(String json) throws BadRecordException {
    return format.read(json.getBytes(UTF_8));
  }

  private void assertRefused(String json, String reason) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void key_stringAndInteger_areOneKey() throws BadRecordException {
    assertThat(read("{\"id\":42}").key()).isEqualTo("42");
    assertThat(read("{\"id\":\"42\"}").key()).isEqualTo("42");
    assertThat(read("{\"id\":-7}").key()).isEqualTo("-7");
    assertThat(read("{\"id\":-0}").key()).isEqualTo("0");
    assertThat(read("{\"id\":123456789012345678901234567890}").key())
        .isEqualTo("123456789012345678901234567890");
  }

  @Test
  void key_escapedText_isItsMeaning() throws BadRecordException {
    assertThat(read("{\"i\\u0064\":\"caf\\u00e9\"}").key()).isEqualTo("café");
  }

  @Test
  void key_nestedFieldOfThatName_isNotTaken() throws BadRecordException {
    assertThat(read("{\"a\":{\"id\":1},\"b\":[{\"id\":2}],\"id\":3}").key()).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\":1.5} | the number 1.5; a string or an integer is allowed",
        "{\"id\":1e3} | the number 1e3; a string or an integer is allowed",
        "{\"id\":true} | is true; a string or an integer is allowed",
        "{\"id\":null} | is null; a string or an integer is allowed",
        "{\"id\":{}} | is an object; a string or an integer is allowed",
        "{\"id\":[1]} | is an array; a string or an integer is allowed",
        "{\"id\":\"\"} | the key is empty",
        "{\"id\":\"\\ud800\"} | half of a surrogate pair",
        "{\"id\":1,\"id\":1} | is there twice",
        "{\"name\":\"x\"} | no field 'id', which is the key",
        "{} | no field 'id', which is the key",
        "[{\"id\":1}] | this is an array",
        "17 | this is a number",
        "null | this is null",
        "{\"id\":1 | not JSON: Unexpected end",
        "{id:1} | not JSON: Unexpected character ('i' (code 105))",
        "{\"id\":1}x | not JSON: Unrecognized token 'x'",
        "{\"id\":1}{\"id\":2} | more stands behind the JSON object",
        "{\"id\":1,} | not JSON: Unexpected character ('}'",
      })
  void read_whatIsNoRecord_isRefusedWithTheReason(String json, String reason) {
    assertRefused(json, reason);
  }

  @Test
  void read_nothing_isRefused() {
    assertRefused("", "there is nothing");
    assertRefused("  ", "there is nothing");
  }

  @Test
  void read_otherEncodings_areRefused() {
    assertThatThrownBy(() -> format.read("{\"id\":1}".getBytes(UTF_16)))
        .hasMessageContaining("zero byte");
    assertRefused("\uFEFF{\"id\":1}", "byte order mark");
    byte[] latin1 = {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xE9, '"', '}'};
    assertThatThrownBy(() -> format.read(latin1)).hasMessageContaining("not UTF-8");
    byte[] overlong = {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'};
    assertThatThrownBy(() -> format.read(overlong)).hasMessageContaining("not UTF-8");
  }

  @Test
  void read_keyOver1024Bytes_isTooLarge() throws BadRecordException {
    assertThat(read("{\"id\":\"" + "k".repeat(1024) + "\"}").key()).hasSize(1024);
    assertThatThrownBy(() -> read("{\"id\":\"" + "é".repeat(513) + "\"}"))
        .isInstanceOfSatisfying(BadRecordException.class, e -> assertThat(e.isTooLarge()).isTrue())
        .hasMessage("the key has 1,026 bytes; at most 1,024 are allowed");
  }

  @Test
  void read_recordOverOneMebibyte_isTooLarge() {
    String json = "{\"id\":1,\"x\":\"" + "y".repeat(RecordFormat.MAX_RECORD_BYTES) + "\"}";
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(BadRecordException.class, e -> assertThat(e.isTooLarge()).isTrue());
  }

  @Test
  void read_deepNesting_isRefused() {
    String json = "{\"id\":1,\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertRefused(json, "nesting depth");
  }

  @Test
  void read_spaceBetweenTokens_isDroppedAndNothingElse() throws BadRecordException {
    JsonRecord record =
        read(
            " { \"id\" : 1.0e0 , \"id2\":\"a \\\" b\\\\\" ,\t\"n\": 1.50 }\r"
                .replace("1.0e0", "1"));
    assertThat(record).hasToString("{\"id\":1,\"id2\":\"a \\\" b\\\\\",\"n\":1.50}");
    assertThat(record).isEqualTo(read("{\"id\":1,\"id2\":\"a \\\" b\\\\\",\"n\":1.50}"));
    assertThat(record).isNotEqualTo(read("{\"id\":1}"));
  }
}
