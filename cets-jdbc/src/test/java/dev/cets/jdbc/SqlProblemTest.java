package dev.cets.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What drivers throw, as people read it. */
class SqlProblemTest {
  private static String told(SQLException e) {
    return String.valueOf(SqlProblem.told(e).getMessage());
  }

  @Test
  void told_severalLines_isTheFirst() {
    assertThat(told(new SQLException("ERROR: no such thing\n  Position: 15")))
        .isEqualTo("ERROR: no such thing");
  }

  @Test
  void told_numberOfTheConnection_isLeftOut() {
    assertThat(told(new SQLException("(conn=17) Lock wait timeout")))
        .isEqualTo("Lock wait timeout");
  }

  @Test
  void told_cause_isInBrackets() {
    assertThat(told(new SQLException("The attempt failed.", new UnknownHostException("db.test"))))
        .isEqualTo("The attempt failed. (db.test)");
    assertThat(told(new SQLException("no host db.test", new UnknownHostException("db.test"))))
        .isEqualTo("no host db.test");
  }

  @Test
  void told_noMessage_isTheKindOfError() {
    assertThat(told(new SQLException())).isEqualTo("SQLException");
    assertThat(told(new SQLException(" \n"))).isEqualTo("SQLException");
  }

  @ParameterizedTest
  @CsvSource({
    "23505, true", // a constraint
    "23000, true",
    "40001, true", // a transaction that was rolled back
    "40P01, true",
    "42P01, false",
    "08006, false",
    ", false"
  })
  void isLostRace_states_areConstraintsAndRollbacks(String state, boolean lost) {
    assertThat(SqlProblem.isLostRace(new SQLException("why", state))).isEqualTo(lost);
  }

  @ParameterizedTest
  @CsvSource({
    "42P07, true",
    "42710, true", // the type of the table, of two that create it at once
    "42S01, true",
    "23505, true",
    "42P01, false",
    "08006, false",
    ", false"
  })
  void isTableThere_states_areThoseOfTwoWhoCreateIt(String state, boolean there) {
    assertThat(SqlProblem.isTableThere(new SQLException("why", state))).isEqualTo(there);
  }
}
