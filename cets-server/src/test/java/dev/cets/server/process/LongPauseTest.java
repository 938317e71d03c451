package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.server.process.SteadyWriter.Written;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that stands still for longer than others wait for it, as in a long collection of
 * garbage or a migration of its machine. With the times that hold when nobody says otherwise.
 */
@Timeout(240)
class LongPauseTest {
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(8);

  /** A beat, and what a busy machine adds; within the deadline of a write. */
  private static final Duration SLACK = Duration.ofMillis(1900);

  @TempDir private Path directory;

  @Test
  void process_standsStillFor30s_holdsWritersForTheSilenceLimitAndComesBackEqual()
      throws Exception {
    try (var cluster = Cluster.withDefaultTimes(directory, 3)) {
      cluster.startAll();
      for (int node = 1; node <= 3; node++) {
        String record = "{\"id\":\"of n%d\"}".formatted(node);
        assertThat(cluster.cli(node, "insert", "owned", record).exitCode()).isZero();
      }
      assertThat(cluster.cli(3, "insert", "kept", "{\"id\":\"removed\"}").exitCode()).isZero();
      List<String> owned = cluster.dump(1, "owned");
      String run = cluster.status(3).path("incarnation").asText();

      try (SteadyWriter one = cluster.writer(1, "kept");
          SteadyWriter two = cluster.writer(2, "kept");
          SteadyWriter three = cluster.writer(3, "kept")) {
        Eventually.is("all write", () -> three.written().size() > 10);
        long stopped = System.nanoTime();
        Signal.send(cluster.node(3).process(), "STOP");
        Eventually.is("n1 hides the record of n3", () -> cluster.dump(1, "owned").size() == 2);
        Eventually.is("n2 hides the record of n3", () -> cluster.dump(2, "owned").size() == 2);
        assertThat(cluster.status(1).path("unavailableNodes").toString()).isEqualTo("[\"n3\"]");
        assertThat(cluster.cli(1, "delete", "kept", "removed").exitCode()).isZero();
        LockSupport.parkNanos(PAUSE.toNanos() - (System.nanoTime() - stopped));
        assertThat(System.nanoTime() - stopped).isGreaterThanOrEqualTo(PAUSE.toNanos());
        Signal.send(cluster.node(3).process(), "CONT");
        for (int node = 1; node <= 3; node++) {
          cluster.awaitJoined(node, 3);
        }
        long back = System.nanoTime();
        for (SteadyWriter writer : List.of(one, two, three)) {
          Eventually.is("all write again", () -> writer.writtenSince(back) > 10);
        }

        var expected = new TreeSet<String>();
        for (SteadyWriter writer : List.of(one, two)) {
          assertThat(writer.stop())
              .allSatisfy(
                  write -> {
                    assertThat(write.problem()).isEmpty();
                    assertThat(write.took()).isLessThan(SILENCE_LIMIT.plus(SLACK));
                    expected.add(write.record());
                  });
        }
        // What was asked of it while it stood still may have been done since, or not.
        var possible = new TreeSet<String>(expected);
        for (Written write : three.stop()) {
          possible.add(write.record());
          if (write.problem().isEmpty()) {
            expected.add(write.record());
          }
        }
        List<String> kept = cluster.dump(3, "kept");
        assertThat(kept).containsAll(expected).isSubsetOf(possible);
        for (int node = 1; node <= 3; node++) {
          assertThat(cluster.dump(node, "kept"))
              .isEqualTo(kept)
              .doesNotContain("{\"id\":\"removed\"}");
          assertThat(cluster.dump(node, "owned")).isEqualTo(owned);
          assertThat(Files.readString(cluster.log(node))).doesNotContain("ERROR");
        }
        assertThat(cluster.status(3).path("incarnation").asText()).isEqualTo(run);
      }
    }
  }
}
