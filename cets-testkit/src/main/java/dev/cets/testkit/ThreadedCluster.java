package dev.cets.testkit;

import static org.junit.jupiter.api.Assertions.fail;

import dev.cets.CetsNode;
import dev.cets.spi.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Nodes over an engine with threads, in real time, with a tenth of the usual times. */
public abstract class ThreadedCluster extends ClusterHarness {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final Map<String, Transport> transports = new HashMap<>();
  private final List<CountDownLatch> held = new ArrayList<>();

  /** Made by engines' harnesses. */
  protected ThreadedCluster() {}

  /** As {@link #newTransport}. */
  protected abstract Transport newEngine(String nodeName);

  @Override
  protected final Transport newTransport(String nodeName) {
    Transport transport = newEngine(nodeName);
    transports.put(nodeName, transport);
    return transport;
  }

  /** The node does nothing until the latch is counted down, as by {@code kill -STOP}. */
  public final CountDownLatch hold(String name) {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    held.add(over);
    Objects.requireNonNull(transports.get(name), name)
        .loop()
        .execute(
            () -> {
              begun.countDown();
              try {
                over.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    until(() -> begun.getCount() == 0);
    return over;
  }

  @Override
  public void close() {
    held.forEach(CountDownLatch::countDown);
    super.close();
  }

  /** The connections end, and nobody was told why. */
  @Override
  protected void crash(Transport transport) {
    transport.close();
  }

  @Override
  public final void await(BooleanSupplier condition) {
    until(condition, this::states);
  }

  /** Looks again and again whether other threads have done it; fails after 30 s. */
  public static void until(BooleanSupplier condition) {
    until(condition, () -> "");
  }

  /** As the other; the message of the failure ends with how things stand. */
  private static void until(BooleanSupplier condition, Supplier<String> states) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > DEADLINE_NANOS) {
        fail("the condition did not come true in time" + states.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Deadlines of writes are left as they are: they are not waited for where all is well. */
  @Override
  protected CetsNode.Builder times(CetsNode.Builder builder) {
    return builder
        .beat(Duration.ofMillis(100))
        .silenceLimit(Duration.ofMillis(800))
        .compareInterval(Duration.ofSeconds(6));
  }
}
