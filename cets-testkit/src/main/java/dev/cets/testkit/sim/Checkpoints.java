package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets a node crash, or a frame be lost, just when a message of a transfer was taken. */
final class Checkpoints implements Checker {
  private static final String CHUNK_TAKEN = "ChunkTaken";

  /** The steps of a transfer and of a write, by the message that ends each. */
  static final List<String> NAMES =
      List.of(
          "Pull",
          "Base",
          "Chunk",
          CHUNK_TAKEN,
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
  private boolean losesChunk;

  Checkpoints(Cluster cluster, Consumer<SimulatedNode> crash) {
    this.cluster = cluster;
    this.crash = crash;
  }

  /** The next time that such a message is taken, who took it crashes, or who sent it. */
  void arm(String checkpoint, boolean sender) {
    armed = checkpoint;
    ofSender = sender;
  }

  /** The next time that a chunk is taken, what the other side sends then is lost: the next one. */
  void loseChunk() {
    losesChunk = true;
  }

  void disarm() {
    armed = null;
    losesChunk = false;
  }

  @Override
  public void received(String table, Incarnation at, Incarnation from, Object message) {
    if (losesChunk && message.getClass().getSimpleName().equals(CHUNK_TAKEN)) {
      losesChunk = false;
      loseNext(cluster.running(at), cluster.running(from));
    }
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

  private void loseNext(@Nullable SimulatedNode from, @Nullable SimulatedNode to) {
    if (from != null && to != null) {
      cluster.network().lose(from.address(), to.address(), 1);
    }
  }
}
