package dev.cets.testkit.sim;

import dev.cets.replication.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Many walks, as many at once as there are threads; they know nothing of each other. */
public final class Campaign {
  private final LongFunction<Walk> walks;
  private final Rules rules;
  private final int threads;

  /**
   * Walks of all kinds.
   *
   * @param walks the walk of each seed
   * @param threads 1 or more
   */
  public Campaign(LongFunction<Walk> walks, int threads) {
    this(walks, threads, Rules.ALL);
  }

  Campaign(LongFunction<Walk> walks, int threads, Rules rules) {
    this.walks = walks;
    this.threads = threads;
    this.rules = rules;
  }

  /** Told of every walk as it ends, by any thread, one at a time. */
  public interface Progress {
    /** So many walks have ended; this is the last of them. */
    void ended(long walks, SimulationResult last);
  }

  /** Walks with all seeds from the first; blocks. */
  public CampaignReport run(long firstSeed, long seeds, Progress progress) {
    return run(firstSeed, seeds, Duration.ofDays(1000), false, progress);
  }

  /** As {@link #run(long, long, Progress)}, until a violation is found or the time is over. */
  CampaignReport untilViolation(long firstSeed, long seeds, Duration atMost) {
    return run(firstSeed, seeds, atMost, true, (walked, last) -> {});
  }

  private CampaignReport run(
      long firstSeed, long seeds, Duration atMost, boolean untilViolation, Progress progress) {
    CampaignReport report = new CampaignReport();
    AtomicLong next = new AtomicLong(firstSeed);
    AtomicBoolean enough = new AtomicBoolean();
    long endNanos = System.nanoTime() + atMost.toNanos();
    Runnable worker =
        () -> {
          while (!enough.get() && System.nanoTime() < endNanos) {
            long seed = next.getAndIncrement();
            if (seed >= firstSeed + seeds) {
              return;
            }
            SimulationResult result = Simulation.run(walks.apply(seed), rules);
            synchronized (report) {
              report.add(result);
              progress.ended(report.seeds(), result);
            }
            if (untilViolation && result.violation() != null) {
              enough.set(true);
            }
          }
        };
    runOnAllThreads(worker);
    return report;
  }

  private void runOnAllThreads(Runnable worker) {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(executor.submit(worker));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a walk failed in a way it should not", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
