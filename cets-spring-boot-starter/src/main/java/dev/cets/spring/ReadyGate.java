package dev.cets.spring;

import dev.cets.CetsNode;
import dev.cets.NotReadyException;
import dev.cets.Table;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Holds the start of the application until the node has joined.
 *
 * <p>It does not end the node: that is done when beans are destroyed, after everything with a life
 * cycle has stopped. So requests in their last moments and {@code @PreDestroy} still find tables,
 * and a context that is stopped and started again, or paused between tests, keeps its node.
 */
final class ReadyGate implements SmartLifecycle {
  /**
   * Before executors and schedulers (half of the largest), listeners of messages and web servers
   * (near the largest).
   */
  static final int PHASE = Integer.MAX_VALUE / 4;

  /** Enough for the loop to answer. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private final CetsNode node;
  private final Iterable<Table<?, ?>> tables;
  private final Duration timeout;
  private volatile boolean running;
  private volatile boolean wasReady;

  ReadyGate(CetsNode node, Iterable<Table<?, ?>> tables, Duration timeout) {
    this.node = node;
    this.tables = tables;
    this.timeout = timeout;
  }

  /** Blocks, until the node has joined. */
  @Override
  public void start() {
    // Tables of lazy beans are opened too, so that they are filled before anybody asks.
    tables.forEach(Table::name);
    if (!wasReady && timeout.isPositive()) {
      node.awaitReady(timeout);
      wasReady = true;
    }
    running = true;
  }

  /**
   * Whether the node has been in step once. It then stays so: after a split all nodes join again at
   * once, and none has anything to gain from being taken out of service for it. Blocks for a
   * moment.
   */
  boolean wasReady() {
    if (!wasReady) {
      try {
        node.awaitReady(LOOK);
        wasReady = true;
      } catch (NotReadyException e) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
