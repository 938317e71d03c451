package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets a node crash just when a message of a transfer was taken. */
final class Checkpoints implements Checker {
  /** The steps of a transfer and of a write, by the message that ends each. */
  static final List<String> NAMES =
      List.of(
          "Pull",
          "Base",
          "Chunk",
          "ChunkTaken",
          "End",
          "Confirm",
          "Confirmed",
          "Joined",
          "PullMe",
          "Writes",
          "Ack");

  private final Cluster cluster;
  private final Consumer<SimulatedNode> crash;
  private @Nullable String armed;
  private boolean ofSender;

  Checkpoints(Cluster cluster, Consumer<SimulatedNode> crash) {
    this.cluster = cluster;
    this.crash = crash;
  }

  /** The next time that such a message is taken, who took it crashes, or who sent it. */
  void arm(String checkpoint, boolean sender) {
    armed = checkpoint;
    ofSender = sender;
  }

  void disarm() {
    armed = null;
  }

  @Override
  public void received(String table, Incarnation at, Incarnation from, Object message) {
    if (armed != null && armed.equals(message.getClass().getSimpleName())) {
      armed = null;
      SimulatedNode node = cluster.running(ofSender ? from : at);
      Object run = node == null ? null : node.run();
      cluster
          .network()
          .after(
              Duration.ZERO,
              () -> {
                if (node != null && run != null && run.equals(node.run())) {
                  crash.accept(node);
                }
              });
    }
  }
}
