package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.ListenerOptions;
import dev.cets.SetTable;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.testkit.ClusterHarness.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What a node has scheduled, on a loop that goes on when the node does not. */
class TimersTest {
  private final SimulatedNetwork network = new SimulatedNetwork(14);
  private final SimulatedTransport engine = network.transport(new NodeAddress("a", 7001));
  private int timers;

  /** Counts what waits for its time; it comes even after the close of the transport. */
  private final class LastingLoop implements EventLoop {
    private final EventLoop loop = engine.loop();

    @Override
    public void schedule(Runnable task, long delayNanos) {
      timers++;
      network.after(
          Duration.ofNanos(delayNanos),
          () -> {
            timers--;
            task.run();
          });
    }

    @Override
    public void execute(Runnable task) {
      loop.execute(task);
    }

    @Override
    public boolean inLoop() {
      return loop.inLoop();
    }

    @Override
    public long nanoTime() {
      return loop.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
      return loop.currentTimeMillis();
    }

    @Override
    public RandomGenerator random() {
      return loop.random();
    }

    @Override
    public Executor blocking() {
      return loop.blocking();
    }

    @Override
    public boolean await(CompletableFuture<?> future, long nanos) throws InterruptedException {
      return loop.await(future, nanos);
    }
  }

  private final class OnLastingLoop implements Transport {
    private final EventLoop loop = new LastingLoop();

    @Override
    public EventLoop loop() {
      return loop;
    }

    @Override
    public void start(String nodeName, Listener listener) throws IOException {
      engine.start(nodeName, listener);
    }

    @Override
    public NodeAddress address() {
      return engine.address();
    }

    @Override
    public void seek(Set<NodeAddress> addresses) {
      engine.seek(addresses);
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private CetsNode start() {
    CetsNode node = CetsNode.builder("a").transport(new OnLastingLoop()).start();
    network.run(Duration.ofSeconds(2));
    assertThat(timers).as("the next tick").isOne();
    return node;
  }

  /** A listener whose executor rejects is asked again after a second. */
  private SetTable<String, Session> openWithATimer(CetsNode node) {
    SetTable<String, Session> table = node.open(ClusterHarness.SESSIONS);
    table.listen(
        change -> {},
        ListenerOptions.DEFAULTS.executor(
            task -> {
              throw new RejectedExecutionException("today nothing is run");
            }));
    table.insert(new Session("1", "alice"));
    table.pause(Duration.ofMinutes(10));
    var unused = table.insertAsync(new Session("2", "bob"));
    network.run(Duration.ofMillis(10));
    assertThat(timers).isEqualTo(2);
    return table;
  }

  @Test
  void close_table_leavesNoTimerOfIt() {
    CetsNode node = start();

    openWithATimer(node).close();

    network.run(Duration.ofSeconds(2));
    assertThat(timers).as("the next tick").isOne();
    node.close();
  }

  @Test
  void close_node_leavesNoTimer() {
    CetsNode node = start();
    openWithATimer(node);

    node.close();

    network.run(Duration.ofSeconds(2));
    assertThat(timers).isZero();
  }
}
