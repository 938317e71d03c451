package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes tell Java Flight Recorder. Other tests run at the same time: nodes have own names. */
class FlightRecordingTest {
  private static final String OLD = "flight-old";
  private static final String NEW = "flight-new";

  @TempDir Path directory;

  @Test
  void recording_joinWritesAndLossOfTheLeader_holdsAnEventOfEach() throws IOException {
    Path file = directory.resolve("recording.jfr");
    try (SimulatedCluster cluster = new SimulatedCluster(1);
        Recording recording = new Recording()) {
      recording.enable("dev.cets.Transfer").withoutThreshold();
      recording.enable("dev.cets.Leadership");
      recording.enable("dev.cets.Write").withoutThreshold();
      recording.start();
      cluster.start(OLD);
      cluster.sessions(OLD).insert(new Session("1", "alice"));
      cluster.run(Duration.ofMillis(10)); // so that one is older
      cluster.join(OLD, NEW);
      SetTable<String, Session> atNew = cluster.sessions(NEW);
      atNew.insertNew(new Session("1", "bob"));
      cluster.run(Duration.ofSeconds(1)); // leaders are looked for now and then
      cluster.crash(OLD);
      cluster.awaitDown(NEW, OLD);
      cluster.run(Duration.ofSeconds(1));
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);

    assertThat(of(events, "dev.cets.Transfer", NEW))
        .anySatisfy(
            transfer -> {
              assertThat(transfer.getString("table")).isEqualTo("sessions");
              assertThat(transfer.getString("from")).isEqualTo(OLD);
              assertThat(transfer.getBoolean("complete")).isTrue();
              assertThat(transfer.getBoolean("comparison")).isFalse();
              assertThat(transfer.getLong("records")).isEqualTo(1);
              assertThat(transfer.getLong("bytes")).isPositive();
            });
    assertThat(of(events, "dev.cets.Write", OLD))
        .singleElement()
        .satisfies(
            write -> {
              assertThat(write.getString("operation")).isEqualTo("INSERT");
              assertThat(write.getString("outcome")).isEqualTo("APPLIED");
              assertThat(write.getThread("caller").getJavaName())
                  .isEqualTo(Thread.currentThread().getName());
            });
    assertThat(of(events, "dev.cets.Write", NEW))
        .singleElement()
        .satisfies(write -> assertThat(write.getString("outcome")).isEqualTo("PRESENT"));
    List<RecordedEvent> leaders = of(events, "dev.cets.Leadership", NEW);
    assertThat(leaders).isNotEmpty();
    assertThat(leaders.getLast().getString("table")).isEqualTo("sessions");
    assertThat(leaders.getLast().getString("before")).isEqualTo(OLD);
    assertThat(leaders.getLast().getString("leader")).isEqualTo(NEW);
  }

  private static List<RecordedEvent> of(List<RecordedEvent> events, String type, String node) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(type))
        .filter(event -> event.getString("node").equals(node))
        .toList();
  }
}
