package dev.cets.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.discovery.StaticDiscovery;
import dev.cets.table.FakeLoop;
import dev.cets.table.FakeTransport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** A node whose ticks end is silent for its peers, and keeps no deadline: nothing may end them. */
class NodeTickTest {
  private final Loop loop = new Loop();

  private NodeRuntime start() throws IOException {
    NodeConfig config = new NodeConfig("a");
    config.transport(new FakeTransport(loop));
    config.discovery(new StaticDiscovery(Set.of()));
    return NodeRuntime.start(config, event -> {});
  }

  @Test
  void tick_diesOfAnErrorForOnce_theNextOneComes() throws IOException {
    loop.hasNoThread = true;
    NodeRuntime node = start();
    loop.run();
    loop.hasNoThread = false;

    loop.runDelayed();
    loop.runDelayed();

    assertThat(loop.delayed).isNotEmpty();
    node.close();
  }

  private static final class Loop extends FakeLoop {
    final Deque<Runnable> delayed = new ArrayDeque<>();
    boolean hasNoThread;

    /** As engines do: an error of a task does not end the loop. */
    void run() {
      try {
        turn();
      } catch (InternalError e) {
        assertThat(hasNoThread).isTrue();
      }
    }

    void runDelayed() {
      Runnable next = delayed.poll();
      if (next != null) {
        execute(next);
        run();
      }
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
      delayed.add(task);
    }

    @Override
    public Executor blocking() {
      return task -> {
        if (hasNoThread) {
          throw new InternalError("unable to create native thread");
        }
        task.run();
      };
    }
  }
}
