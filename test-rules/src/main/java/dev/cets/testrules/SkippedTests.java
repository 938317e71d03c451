package dev.cets.testrules;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Says at the end of a test run what it skipped. Where the environment says {@code CI=true}, a
 * skipped test is a failure of the run: nobody reads what a server skips.
 *
 * <p>Suites of others have tests of what we do not claim. Such a test aborts with a reason that
 * begins with {@link #NOT_OURS}; it is counted, and never a failure.
 *
 * <p>JUnit finds this class by itself, in every module that has it on its class path.
 */
public final class SkippedTests implements LauncherSessionListener {
  /** How the reason begins for which a test of somebody else's suite is skipped. */
  public static final String NOT_OURS = "not ours: ";

  private record Skipped(String test, String reason) {
    boolean isOurs() {
      return !reason.startsWith(NOT_OURS);
    }
  }

  private final List<Skipped> skipped = Collections.synchronizedList(new ArrayList<>());
  private final boolean fails;
  private final PrintStream out;

  /** As JUnit makes it: strict if the environment says so, telling the standard output. */
  public SkippedTests() {
    this("true".equals(System.getenv("CI")), System.out);
  }

  /** A run in which skipping fails or not, and where it tells so. */
  SkippedTests(boolean fails, PrintStream out) {
    this.fails = fails;
    this.out = out;
  }

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session.getLauncher().registerTestExecutionListeners(new Listener());
  }

  /**
   * Throws if the run must not have skipped what it skipped: of all that JUnit calls, only this may
   * end a run with an error.
   */
  @Override
  public void launcherSessionClosed(LauncherSession session) {
    List<Skipped> ours = skipped.stream().filter(Skipped::isOurs).toList();
    int notOurs = skipped.size() - ours.size();
    if (notOurs > 0) {
      out.println("Skipped tests of others' suites, of what is not claimed: " + notOurs);
    }
    if (!ours.isEmpty()) {
      String all =
          ours.stream()
              .map(one -> "  " + one.test() + ": " + one.reason())
              .collect(Collectors.joining("\n"));
      String summary = "SKIPPED TESTS: " + ours.size() + "\n" + all;
      out.println(summary);
      if (fails) {
        throw new IllegalStateException("where CI=true no test may be skipped. " + summary);
      }
    }
  }

  private final class Listener implements TestExecutionListener {
    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      skipped.add(new Skipped(name(test), reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
        String reason =
            result.getThrowable().map(thrown -> String.valueOf(thrown.getMessage())).orElse("");
        skipped.add(new Skipped(name(test), reason));
      }
    }

    private String name(TestIdentifier test) {
      return test.getUniqueIdObject().getSegments().stream()
          .skip(1) // the engine
          .map(segment -> segment.getValue())
          .collect(Collectors.joining("."));
    }
  }
}
