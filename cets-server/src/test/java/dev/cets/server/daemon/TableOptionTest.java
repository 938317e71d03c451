package dev.cets.server.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.Ownership;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableOptionTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration USUAL = Duration.ofMinutes(10);

  private static TableOption table(
      String name, TableType type, String key, Ownership ownership, Duration grace, Duration kept) {
    return new TableOption(name, type, key, ownership, grace, kept);
  }

  @Test
  void parse_typesWithAndWithoutKeep_sayWhatTheTableIs() {
    assertThat(TableOption.parse("sessions:set:id"))
        .isEqualTo(table("sessions", TableType.SET, "id", Ownership.REMOVE_RECORDS, NONE, USUAL));
    assertThat(TableOption.parse("places:set:geo-id:keep"))
        .isEqualTo(table("places", TableType.SET, "geo-id", Ownership.KEEP, NONE, USUAL));
    assertThat(TableOption.parse("places:ordered:id:keep"))
        .isEqualTo(table("places", TableType.ORDERED, "id", Ownership.KEEP, NONE, USUAL));
    assertThat(TableOption.parse("devices:bag:user"))
        .isEqualTo(table("devices", TableType.BAG, "user", Ownership.REMOVE_RECORDS, NONE, USUAL));
  }

  @Test
  void parse_times_areThoseOfTheTable() {
    assertThat(TableOption.parse("a:set:id:retention=1h:grace=300ms"))
        .isEqualTo(
            table(
                "a",
                TableType.SET,
                "id",
                Ownership.REMOVE_RECORDS,
                Duration.ofMillis(300),
                Duration.ofHours(1)));
    assertThat(TableOption.parse("a:bag:id:grace=1.5").grace()).isEqualTo(Duration.ofMillis(1500));
    assertThat(TableOption.parse("a:ordered:id:grace=0").grace()).isZero();
    assertThat(TableOption.parse("a:ordered:id:retention=365d").retention())
        .isEqualTo(Duration.ofDays(365));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "places | 'places' is no table",
        "places:set | 'places:set' is no table",
        "a:set:id:keep:x | 'x' is unknown; 'keep', 'grace=TIME' and 'retention=TIME' are allowed",
        "a:set:id:keep:keep | 'keep' is given twice",
        "a:set:id:grace=1s:grace=2s | 'grace' is given twice",
        "a:set:id:keep:grace=1s | a 'keep' table are never hidden",
        "a:set:id:grace=soon | 'soon' is no time; a number with ms, s, m, h or d is needed",
        "a:set:id:grace=366d | '366d' is no time",
        "a:set:id:grace= | '' is no time",
        "a:set:id:grace | 'grace' is unknown",
        "a:set:id:=1s | '=1s' is unknown",
        "a:list:id | the type is 'list'; one of set, ordered, bag is needed",
        "a:BAG:id | the type is 'BAG'; one of set, ordered, bag is needed",
        "a:id:ordered | the type is 'id'; one of set, ordered, bag is needed",
        "a:set: | the key field is empty",
        "a:set:id:kept | 'kept' is unknown; 'keep', 'grace=TIME' and",
        "a b:set:id | table name is 'a b'",
        ":set:id | table name is ''",
      })
  void parse_whatIsNoTable_saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> TableOption.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
