package dev.cets.bench.suite;

/** All suites, one after the other. */
public final class Bench {
  private Bench() {}

  /** Measures what the plan wants; figures and empty cells go to the run's results. */
  public static void run(Run run) {
    new ThroughputSuite(run).run();
    new OneProcessSuite(run).run();
    new JoinSuite(run).run();
    new RejoinSuite(run).run();
    new HideSuite(run).run();
    new CpuSuite(run).run();
  }
}
