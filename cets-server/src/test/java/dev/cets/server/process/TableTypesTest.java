package dev.cets.server.process;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of each type in one daemon, over HTTP and by the command line. */
@Timeout(120)
class TableTypesTest {
  private OneDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon =
        new OneDaemon("people:set:id", "scores:ordered:id", "devices:bag:user", "tags:set:user");
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private void insert(String table, String... lines) throws Exception {
    HttpResponse<String> answer =
        daemon.send("POST", "/tables/" + table + "/records", String.join("\n", lines));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void insertKeys(String table, String... keys) throws Exception {
    for (String key : keys) {
      insert(table, "{\"id\":\"" + key + "\"}");
    }
  }

  @Test
  void tables_ofEachType_sayIt() throws Exception {
    assertThat(daemon.cli("tables").out())
        .containsPattern("devices +bag +user")
        .containsPattern("people +set +id")
        .containsPattern("scores +ordered-set +id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"people", "scores"})
  void insertNew_keyTaken_printsWhatStandsExactlyAsItIs(String table) throws Exception {
    CliRun first = daemon.cli("insert-new", table, "{\"id\":42,\"x\":1.10}");
    assertThat(first.exitCode()).as(first.err()).isZero();
    CliRun second = daemon.cli("insert-new", table, "{\"id\":\"42\"}");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.out()).isEqualTo("{\"id\":42,\"x\":1.10}\n");
    assertThat(second.err().lines()).hasSize(1);
    CliRun json = daemon.cli("insert-new", table, "{\"id\":42}", "--json");
    assertThat(json.out()).isEqualTo("{\"written\":0,\"standing\":[{\"id\":42,\"x\":1.10}]}\n");
    assertThat(daemon.cli("insert-new", table, "{\"id\":1}", "--json").json().toString())
        .isEqualTo("{\"written\":1,\"standing\":[]}");
    assertThat(daemon.cli("dump", table).out()).isEqualTo("{\"id\":1}\n{\"id\":42,\"x\":1.10}\n");
  }

  @Test
  void insertNew_notPossible_printsNothingOnStandardOutput() {
    CliRun bad = daemon.cli("insert-new", "people", "{\"name\":1}");
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.out()).isEmpty();
    assertThat(bad.err()).contains("no field 'id'").hasLineCount(1);
  }

  @Test
  void post_modes_areNewAndSerial() throws Exception {
    String path = "/tables/people/records?mode=";
    assertThat(daemon.send("POST", path + "new", "{\"id\":1}").body()).isEqualTo("{\"written\":1}");
    HttpResponse<String> taken = daemon.send("POST", path + "new", "{\"id\":1,\"n\":2}");
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(taken.body()).contains("urn:cets:problem:key-taken", "\"standing\":[{\"id\":1}]");
    assertThat(daemon.send("POST", path + "serial", "{\"id\":1,\"n\":3}").body())
        .isEqualTo("{\"written\":1,\"appliedBy\":[\"n1\"],\"left\":[]}");
    assertThat(daemon.send("GET", "/tables/people/records/1", "").body())
        .isEqualTo("{\"id\":1,\"n\":3}");
    assertThat(daemon.send("POST", path + "old", "{\"id\":1}").statusCode()).isEqualTo(400);
    assertThat(daemon.send("POST", path + "new", "{\"id\":2}\n{\"id\":3}").statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 10 9 a a1 a2 b",
        "--descending | b a2 a1 a 9 10",
        "--from a1 | a1 a2 b",
        "--from a1 --to b | a1 a2",
        "--to a1 --descending | a 9 10",
        "--prefix a | a a1 a2",
        "--prefix a --descending --limit 2 | a2 a1",
        "--prefix a --from a2 --to zz | a2",
        "--from b --to a | ''",
        "--limit 0 | ''",
      })
  void dump_ofARange_isTheSameOfEverySet(String options, String keys) throws Exception {
    for (String table : new String[] {"people", "scores"}) {
      insertKeys(table, "b", "a", "10", "a2", "9", "a1");
      CliRun dump = daemon.cli(("dump " + table + " " + options).trim().split(" ", -1));
      assertThat(dump.exitCode()).as(dump.err()).isZero();
      assertThat(
              dump.out()
                  .lines()
                  .map(line -> line.replaceAll("[{}\":]|id", ""))
                  .collect(joining(" ")))
          .as(table)
          .isEqualTo(keys);
    }
  }

  @Test
  void dump_limitBelowZero_isWrongUse() {
    CliRun dump = daemon.cli("dump", "people", "--limit", "-1");
    assertThat(dump.exitCode()).isEqualTo(2);
    assertThat(dump.err()).contains("--limit is -1").hasLineCount(1);
  }

  @Test
  void bag_keyWithSeveralRecords_printsEach() throws Exception {
    insert("devices", "{\"user\":1,\"d\":\"b\"}", "{\"user\":1,\"d\":1.0}", "{\"user\":2}");
    insert("devices", "{\"user\":1,\"d\":\"b\"}");
    String array = "[{\"user\":1,\"d\":\"b\"},{\"user\":1,\"d\":1.0}]";
    assertThat(daemon.send("GET", "/tables/devices/records/1", "").body()).isEqualTo(array);
    assertThat(daemon.cli("get", "devices", "1").out())
        .isEqualTo("{\"user\":1,\"d\":\"b\"}\n{\"user\":1,\"d\":1.0}\n");
    assertThat(daemon.cli("get", "devices", "1", "--json").out()).isEqualTo(array + "\n");
    assertThat(daemon.cli("get", "devices", "2").out()).isEqualTo("{\"user\":2}\n");
    assertThat(daemon.cli("dump", "devices").out().lines()).hasSize(3);
    assertThat(daemon.cli("delete", "devices", "1", "--json").json().path("deleted").asInt())
        .isEqualTo(2);
    assertThat(daemon.cli("get", "devices", "1").exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"devices", "tags"})
  void deleteLines_removeExactlyTheseRecords(String table) throws Exception {
    insert(table, "{\"user\":1,\"d\":1}", "{\"user\":2,\"d\":1}", "{\"user\":3}");
    HttpResponse<String> answer =
        daemon.send(
            "DELETE",
            "/tables/" + table + "/records",
            "{\"user\":1, \"d\":1}\n{\"user\":2,\"d\":2}\n{\"user\":4}");
    assertThat(answer.body()).isEqualTo("{\"deleted\":1,\"appliedBy\":[\"n1\"],\"left\":[]}");
    assertThat(daemon.cli("dump", table).out()).isEqualTo("{\"user\":2,\"d\":1}\n{\"user\":3}\n");
    HttpResponse<String> bad =
        daemon.send("DELETE", "/tables/" + table + "/records", "{\"user\":3}\noops");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).contains("\"line\":2", "\"deleted\":1");
  }

  @Test
  void insertNew_keyOfABagTaken_printsAllThatStand() throws Exception {
    assertThat(daemon.cli("insert-new", "devices", "{\"user\":1,\"d\":\"b\"}").exitCode()).isZero();
    insert("devices", "{\"user\":1,\"d\":1.0}", "{\"user\":2}");
    CliRun taken = daemon.cli("insert-new", "devices", "{\"user\":1,\"d\":3}");
    assertThat(taken.exitCode()).isEqualTo(1);
    assertThat(taken.out()).isEqualTo("{\"user\":1,\"d\":\"b\"}\n{\"user\":1,\"d\":1.0}\n");
    HttpResponse<String> answer =
        daemon.send("POST", "/tables/devices/records?mode=new", "{\"user\":2,\"d\":3}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("\"standing\":[{\"user\":2}]");
    HttpResponse<String> serial =
        daemon.send("POST", "/tables/devices/records?mode=serial", "{\"user\":2,\"d\":3}");
    assertThat(serial.statusCode()).isEqualTo(200);
    assertThat(daemon.cli("dump", "devices").out().lines()).hasSize(4);
  }

  @Test
  void bag_put_isRefused() throws Exception {
    HttpResponse<String> put = daemon.send("PUT", "/tables/devices/records/1", "{\"user\":1}");
    assertThat(put.statusCode()).isEqualTo(400);
    assertThat(put.body()).contains("is a bag, for which there is no PUT");
  }
}
