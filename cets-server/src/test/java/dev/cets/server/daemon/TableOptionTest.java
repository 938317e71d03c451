package dev.cets.server.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.Ownership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableOptionTest {
  @Test
  void parse_typesWithAndWithoutKeep_sayWhatTheTableIs() {
    assertThat(TableOption.parse("sessions:set:id"))
        .isEqualTo(new TableOption("sessions", TableType.SET, "id", Ownership.REMOVE_RECORDS));
    assertThat(TableOption.parse("places:set:geo-id:keep"))
        .isEqualTo(new TableOption("places", TableType.SET, "geo-id", Ownership.KEEP));
    assertThat(TableOption.parse("places:ordered:id:keep"))
        .isEqualTo(new TableOption("places", TableType.ORDERED, "id", Ownership.KEEP));
    assertThat(TableOption.parse("devices:bag:user"))
        .isEqualTo(new TableOption("devices", TableType.BAG, "user", Ownership.REMOVE_RECORDS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "places | 'places' is no table",
        "places:set | 'places:set' is no table",
        "a:set:id:keep:x | 'a:set:id:keep:x' is no table",
        "a:list:id | the type is 'list'; one of set, ordered, bag is needed",
        "a:BAG:id | the type is 'BAG'; one of set, ordered, bag is needed",
        "a:id:ordered | the type is 'id'; one of set, ordered, bag is needed",
        "a:set: | the key field is empty",
        "a:set:id:kept | 'kept' is unknown; only 'keep' is allowed there",
        "a b:set:id | table name is 'a b'",
        ":set:id | table name is ''",
      })
  void parse_whatIsNoTable_saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> TableOption.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
