package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(240)
@Isolated("counts the processes that this one has started")
class DemoTest {
  @Test
  void demo_twoNodes_endsEqualAndLeavesNoProcess() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    CliRun run = CliRun.of("demo", "--nodes", "2", "--seconds", "3", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.json().path("nodes").asInt()).isEqualTo(2);
    assertThat(run.json().path("records").asLong()).isGreaterThanOrEqualTo(49_025);
    assertThat(run.json().path("writes").asLong()).isPositive();
    assertThat(run.json().path("seconds").asDouble()).isGreaterThan(3);
    assertThat(run.json().path("equal").asBoolean()).isTrue();
    assertThat(run.err()).contains("is killed (SIGKILL)", "replicas equal");
    assertThat(ProcessHandle.current().children()).isSubsetOf(before);
  }
}
