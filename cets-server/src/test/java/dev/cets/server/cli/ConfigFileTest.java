package dev.cets.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir private Path directory;

  private String file(String content) throws IOException {
    return Files.writeString(directory.resolve("node.yaml"), content).toString();
  }

  @Test
  void expand_valuesAndLists_areOptionsBeforeTheOthers() throws IOException {
    String file = file("name: n1\nhttp: 0\ntable:\n  - a:set:id\n  - b:set:id:keep\n");

    assertThat(ConfigFile.expand(new String[] {"node", "--port", "1", "--config", file}))
        .containsExactly(
            "node",
            "--name",
            "n1",
            "--http",
            "0",
            "--table",
            "a:set:id",
            "--table",
            "b:set:id:keep",
            "--port",
            "1");
  }

  @Test
  void expand_optionOnTheCommandLine_wins() throws IOException {
    String file = file("name: n1\nhttp: 0\n");

    assertThat(
            ConfigFile.expand(new String[] {"node", "--name=n2", "--config", file, "--http", "5"}))
        .containsExactly("node", "--name=n2", "--http", "5");
  }

  @Test
  void expand_withoutConfig_staysAsItIs() {
    String[] args = {"load", "t", "--config"};

    assertThat(ConfigFile.expand(args)).isSameAs(args);
  }

  @Test
  void expand_fileThatIsNone_refused() throws IOException {
    String missing = directory.resolve("none.yaml").toString();
    String text = file("just words");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigFile.expand(new String[] {"node", "--config", missing}))
        .withMessage("config file " + missing + " cannot be read");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigFile.expand(new String[] {"node", "--config", text}))
        .withMessageContaining("'option: value' lines are needed");
  }

  @Test
  void expand_nestedValue_refused() throws IOException {
    String file = file("name:\n  first: n1\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfigFile.expand(new String[] {"node", "--config", file}))
        .withMessageContaining("name needs a value or a list of them");
  }
}
