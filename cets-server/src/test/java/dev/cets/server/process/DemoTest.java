package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class DemoTest {
  @Test
  void demo_twoNodes_endsEqualAndLeavesNoProcess() throws Exception {
    CliRun run = CliRun.of("demo", "--nodes", "2", "--seconds", "3", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.json().path("nodes").asInt()).isEqualTo(2);
    assertThat(run.json().path("records").asLong()).isGreaterThanOrEqualTo(49_025);
    assertThat(run.json().path("writes").asLong()).isPositive();
    assertThat(run.json().path("seconds").asDouble()).isGreaterThan(3);
    assertThat(run.json().path("equal").asBoolean()).isTrue();
    assertThat(run.err()).contains("is killed (SIGKILL)", "replicas equal");
    assertThat(ProcessHandle.current().children().filter(DemoTest::isOfADemo)).isEmpty();
  }

  /** Tests beside this one have processes too. Java tells no command that is as long as these. */
  private static boolean isOfADemo(ProcessHandle process) {
    try {
      Path command = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
      return Files.readString(command).contains("\0--cluster\0demo\0");
    } catch (IOException e) {
      return false; // it has ended
    }
  }
}
