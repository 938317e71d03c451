package dev.cets.spring;

import dev.cets.CetsException;
import dev.cets.NotReadyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Why the application does not start, in place of a stack trace. */
final class CetsFailureAnalyzer extends AbstractFailureAnalyzer<CetsException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, CetsException cause) {
    String action =
        cause instanceof NotReadyException
            ? "See what is missing above; give it more time with cets.ready-timeout, or start"
                + " without waiting with cets.ready-timeout=0."
            : "Check the properties cets.* and the other nodes of the cluster.";
    return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
  }
}
