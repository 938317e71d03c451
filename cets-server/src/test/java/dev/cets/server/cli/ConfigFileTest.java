package dev.cets.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  @TempDir private Path directory;

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("node.yaml"), content);
  }

  private Map<String, List<GivenValue>> read(String content) throws IOException {
    return ConfigFile.read(file(content));
  }

  private GivenValue at(int line, String text) {
    return new GivenValue(text, directory.resolve("node.yaml") + ":" + line);
  }

  @Test
  void read_valuesAndLists_areKnownByTheirLines() throws IOException {
    assertThat(
            read(
                """
                # the first
                name: n1
                http: 0

                port: 07800
                discovery: ["file:nodes.txt", 'static:a:1']
                tables:
                  - a:set:id   # plain
                  - "b:set:id:keep"
                """))
        .isEqualTo(
            Map.of(
                "name", List.of(at(2, "n1")),
                "http", List.of(at(3, "0")),
                "port", List.of(at(5, "07800")),
                "discovery", List.of(at(6, "file:nodes.txt"), at(6, "static:a:1")),
                "tables", List.of(at(8, "a:set:id"), at(9, "b:set:id:keep"))));
  }

  @Test
  void read_tableAsAMap_isTheSameAsItsText() throws IOException {
    assertThat(
            read(
                """
                tables:
                  - name: places
                    type: ordered
                    key: id
                    keep: true
                  - {name: sessions, key: sid, type: set, retention: 1h, grace: 5s, keep: false}
                """))
        .isEqualTo(
            Map.of(
                "tables",
                List.of(
                    at(2, "places:ordered:id:keep"),
                    at(6, "sessions:set:sid:retention=1h:grace=5s"))));
  }

  @Test
  void read_nothingButComments_isNothing() throws IOException {
    assertThat(read("# later\n")).isEmpty();
    assertThat(read("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "just words | 1: 'option: value' lines are needed",
        "- a | 1: 'option: value' lines are needed",
        "name: n1;name: n2 | 2: 'name' is given twice",
        "name: | 1: 'name' has no value",
        "name: ~~ | 1: 'name' has no value",
        "a: b;name:;  first: n1 | 3: 'name' needs a value or a list of them",
        "discovery: [] | 1: 'discovery' is an empty list; leave it out instead",
        "discovery:;- [a] | 2: 'discovery' needs a value or a list of them",
        "discovery:;- {name: a} | 2: 'discovery' needs a value or a list of them",
        "name: &n n1;cluster: *n | 2: 'cluster' needs a value or a list of them",
        "name: n1;---;name: n2 | 3: a second document begins; one is allowed",
        "a: b;  c: d | 2: this is no YAML: ",
        "name: 'n1 | 1: this is no YAML: ",
        "tables:;- name: a;  type: set | 2: a table needs 'key'",
        "tables:;- {name: a, type: set, key: id, kep: true} | 2: 'kep' is no part of a table; name,",
        "tables:;- {name: a, type: set, key: id, keep: yes} | 2: 'keep' is 'yes'; true or false",
        "tables:;- {name: a, type: set, key: a, key: b} | 2: 'key' is given twice",
        "tables:;- {name: a, type: set, key: a:b} | 2: 'key' is 'a:b'; no colon is allowed",
      })
  void read_whatCannotBeUsed_namesFileAndLine(String content, String message) throws IOException {
    Path file = file(content.replace(';', '\n').replace("~~", "''"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigFile.read(file))
        .withMessageStartingWith(file + ":" + message);
  }

  @Test
  void read_missingOrTooLarge_isRefused() throws IOException {
    Path missing = directory.resolve("none.yaml");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigFile.read(missing))
        .withMessage(missing + ": the config file cannot be read");
    int limit = 1024 * 1024;
    assertThat(read("#" + "x".repeat(limit - 1))).isEmpty();
    Path large = file("#" + "x".repeat(limit));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigFile.read(large))
        .withMessage(large + ": the config file is larger than 1048576 bytes");
  }
}
