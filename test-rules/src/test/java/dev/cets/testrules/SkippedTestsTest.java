package dev.cets.testrules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

/** Real runs of JUnit, of classes that are nobody's tests otherwise. */
class SkippedTestsTest {
  static class OneRuns {
    @Test
    void runs() {}
  }

  static class OneIsDisabled {
    @Test
    void runs() {}

    @Disabled("not today")
    @Test
    void isDisabled() {}
  }

  static class OneAssumes {
    @Test
    void assumes() {
      assumeTrue(false, "no network");
    }
  }

  @Disabled("a whole class")
  static class AllAreDisabled {
    @Test
    void isDisabled() {}
  }

  static class OneIsNotOurs {
    @Test
    void isNotOurs() {
      throw new TestAbortedException(SkippedTests.NOT_OURS + "a feature that is not claimed");
    }
  }

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  private String run(boolean ci, Class<?>... classes) {
    LauncherConfig config =
        LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .addLauncherSessionListeners(new SkippedTests(ci, new PrintStream(told, true, UTF_8)))
            .build();
    try (LauncherSession session = LauncherFactory.openSession(config)) {
      for (Class<?> each : classes) {
        session
            .getLauncher()
            .execute(
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(each)).build());
      }
    }
    return told.toString(UTF_8);
  }

  @Test
  void run_nothingSkipped_saysNothing() {
    assertThat(run(true, OneRuns.class)).isEmpty();
  }

  @Test
  void run_testsSkipped_countsThemAloudWithTheirReasons() {
    assertThat(run(false, OneRuns.class, OneIsDisabled.class, OneAssumes.class))
        .contains("SKIPPED TESTS: 2")
        .contains("OneIsDisabled.isDisabled(): not today")
        .contains("OneAssumes.assumes(): Assumption failed: no network");
  }

  @Test
  void run_disabledWhereCiIsTrue_endsWithAnError() {
    assertThatThrownBy(() -> run(true, OneIsDisabled.class, OneRuns.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("CI=true", "SKIPPED TESTS: 1", "not today");
  }

  @Test
  void run_classDisabledWhereCiIsTrue_endsWithAnError() {
    assertThatThrownBy(() -> run(true, AllAreDisabled.class)).hasMessageContaining("a whole class");
  }

  @Test
  void run_assumptionFailedWhereCiIsTrue_endsWithAnError() {
    assertThatThrownBy(() -> run(true, OneAssumes.class)).hasMessageContaining("no network");
  }

  @Test
  void run_notOursWhereCiIsTrue_isCountedOnly() {
    assertThat(run(true, OneIsNotOurs.class))
        .contains("Skipped tests of others' suites, of what is not claimed: 1")
        .doesNotContain("SKIPPED TESTS");
  }

  @Test
  void load_byJUnitsServices_isFound() {
    assertThat(ServiceLoader.load(LauncherSessionListener.class))
        .hasAtLeastOneElementOfType(SkippedTests.class);
  }

  /** A new module cannot forget it. */
  @Test
  void modules_thatHaveTests_haveTheRules() throws IOException {
    Path root = Path.of("..");
    List<String> without = new ArrayList<>();
    Matcher modules =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Files.readString(root.resolve("pom.xml")));
    int count = 0;
    while (modules.find()) {
      String module = modules.group(1);
      count++;
      boolean tests = Files.exists(root.resolve(module).resolve("src/test"));
      String pom = Files.readString(root.resolve(module).resolve("pom.xml"));
      if (tests && !pom.contains("<artifactId>cets-test-rules</artifactId>")) {
        without.add(module);
      }
    }
    assertThat(count).isGreaterThan(4);
    assertThat(without).as("modules with tests and without cets-test-rules").isEmpty();
  }
}
